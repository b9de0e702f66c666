import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Refused } from './client';

/** How often a screen asks whether what it shows has changed. */
const everySeconds = 5;

/**
 * What a screen shows of the service, kept current while somebody looks: asked for again every few seconds, at once after a command, and
 * when the page comes to the front again.
 */
export class Live<T> implements ReactiveController {
  value: T | undefined;
  fault: Refused | undefined;
  loading = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  #connected = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly read: () => Promise<T | undefined>,
    private readonly seconds = everySeconds,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#shown);
    void this.refresh();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#round++;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#shown);
  }

  /** Forgets what was shown: something else is looked at now. */
  async restart(): Promise<void> {
    this.value = undefined;
    this.fault = undefined;
    this.loading = true;
    this.host.requestUpdate();
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (!this.#connected) return;
    clearTimeout(this.#timer);
    const round = ++this.#round;
    try {
      const value = await this.read();
      if (round !== this.#round) return;
      this.value = value;
      this.fault = undefined;
    } catch (fault) {
      if (round !== this.#round) return;
      if (!(fault instanceof Refused)) throw fault;
      this.fault = fault;
    }

    this.loading = false;
    this.host.requestUpdate();
    if (this.#connected && !document.hidden) this.#timer = setTimeout(() => void this.refresh(), this.seconds * 1000);
  }

  readonly #shown = (): void => {
    if (!document.hidden) void this.refresh();
  };
}
