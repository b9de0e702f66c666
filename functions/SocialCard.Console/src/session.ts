import type { components, operations } from './api/description';

/** A call of the API, by the name that its description gives it. */
export type Call = keyof operations;

/** Who works with the page. */
export type Caller = components['schemas']['SessionView'];

/** How long a session lasts without use. */
export const idleLimitMinutes = 15;

const idleLimit = idleLimitMinutes * 60_000;
const warning = 60_000;

/**
 * Who is signed in. The key lives in this object and nowhere else, so it is gone with the page; and so is the session after a quarter of an
 * hour in which nobody touched the page. What the page asks by itself to stay current is no use of it.
 */
class Session extends EventTarget {
  caller: Caller | null = null;
  /** Whether the last session ended because nobody used it. */
  expired = false;
  /** Whether a session of this page was ended, by whoever had it or for want of use. */
  hasEnded = false;
  /** Whether the caller came in through what stands in front of the service, and not with a key. */
  cameThroughFront = false;
  #key: string | null = null;
  #lastUse = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    for (const use of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
      addEventListener(use, () => this.#use(), { passive: true, capture: true });
    }
  }

  /** What proves the caller to the API; null where he is proven otherwise, or nobody is signed in. */
  get key(): string | null {
    return this.#key;
  }

  /** How long until the session ends for want of use, in milliseconds; null until that is near. */
  get endsIn(): number | null {
    const left = this.#lastUse + idleLimit - Date.now();
    return this.caller && left < warning ? Math.max(0, left) : null;
  }

  begin(key: string | null, caller: Caller): void {
    this.#key = key;
    this.cameThroughFront = key === null;
    this.caller = caller;
    this.expired = false;
    this.#lastUse = Date.now();
    this.#watch = setInterval(() => this.#check(), 1000);
    this.#changed();
  }

  end(expired = false): void {
    if (!this.caller) return;
    this.#key = null;
    this.caller = null;
    this.expired = expired;
    this.hasEnded = true;
    clearInterval(this.#watch);
    this.#changed();
  }

  /** Whether the caller's role may make a call: what it may not is not shown. */
  may(call: Call): boolean {
    return this.caller?.calls.includes(call) ?? false;
  }

  #use(): void {
    // A machine that slept past the limit comes back to a session that is over, whatever wakes it.
    this.#check();
    const warned = this.endsIn !== null;
    this.#lastUse = Date.now();
    if (warned) this.#changed();
  }

  #check(): void {
    if (this.caller && Date.now() - this.#lastUse >= idleLimit) this.end(true);
    else if (this.endsIn !== null) this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();
