import { Refused, answer, api, type Schema } from './client';

type Moved = { now: string; timersFired: number | null };

/**
 * What the service's clock says. Where the time that is left is shown it goes by this clock, which in a trial is far ahead of the one of
 * the machine that the page is looked at on.
 */
class ServiceClock extends EventTarget {
  /** Where the clock can be moved; null where it goes by itself. */
  address: string | null = null;
  /** Whether people sign in through what stands in front of the service; null until that was read. */
  appServiceSignIn: boolean | null = null;
  #offset = 0;

  now(): number {
    return Date.now() + this.#offset;
  }

  async read(): Promise<void> {
    const service = await answer(api.GET('/service'));
    this.appServiceSignIn = service.appServiceSignIn;
    this.address = service.clock;
    this.#take(service.now);
  }

  /** Moves the clock, and waits until all that fell due has happened. How many timers fired. */
  async move(by: { advanceDays: number } | { to: string }): Promise<number> {
    if (this.address === null) throw new Error('This clock goes by itself.');
    let response: Response;
    try {
      response = await fetch(this.address, { method: 'POST', body: JSON.stringify(by) });
    } catch {
      throw new Refused(0, 'unreachable', null, {});
    }

    const body = (await response.json()) as Moved & Partial<Schema['Problem']>;
    if (!response.ok) throw new Refused(response.status, body.code ?? `http-${response.status}`, body.detail ?? null, {});
    this.#take(body.now);
    return body.timersFired ?? 0;
  }

  #take(now: string): void {
    this.#offset = Date.parse(now) - Date.now();
    this.dispatchEvent(new Event('change'));
  }
}

export const clock = new ServiceClock();
