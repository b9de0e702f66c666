import { html, nothing } from 'lit';
import { Refused, answer, api, type Schema } from '../api/client';
import { clock } from '../api/clock';
import { Live } from '../api/live';
import { Screen } from '../parts/page';
import { badge, cardLink, due, empty, heading, live, panel, problem, table, toneOf } from '../parts/show';
import { tell } from '../parts/told';
import { session } from '../session';
import { dayAfter, dayOf, precise } from '../words/format';
import { nameOf, t } from '../words/words';
import { watch, watched } from './watched';

type Move = { from: number; to: number; timersFired: number };

const longJump = 300;

// Of this page's life; the service keeps no list of them.
const moves: Move[] = [];

/** The clock of a service on trial: moves it, and shows what becomes of the cards that were looked at. */
class ClockScreen extends Screen {
  static override properties = { ...Screen.properties, moving: { state: true }, fault: { state: true } };

  declare moving: boolean;
  declare fault: Refused | null;
  readonly #cards = new Live(this, () => this.#read());

  constructor() {
    super();
    this.moving = false;
    this.fault = null;
  }

  protected override render(): unknown {
    const day = dayOf(clock.now());
    return html`
      ${heading(t('clock'), t('clockAbout'))}
      <section class="panel">
        <div class="now">
          <time aria-label=${t('clockNow')}>${precise(clock.now())}</time>
          <div class="actions">
            ${session.may('getWorkflows') ? this.#button(t('clockNext'), () => this.#moveToNext()) : nothing}
            ${this.#button(t('clockByOne'), () => this.#move({ advanceDays: 1 }))}
            ${this.#button(t('clockBy', { n: longJump }), () => this.#move({ advanceDays: longJump }))}
          </div>
          <form class="line" @submit=${this.#moveTo}>
            <div class="field">
              <label for="to">${t('clockTo')}</label>
              <input id="to" name="to" type="date" required min=${day} value=${dayAfter(day, 30)}>
            </div>
            <button ?disabled=${this.moving}>${t('clockMove')}</button>
          </form>
          <span role="status" class="moving">${this.moving ? t('clockMoving') : nothing}</span>
        </div>
        ${this.fault ? problem(this.fault) : nothing}
      </section>
      ${panel(t('watched'), live(this.#cards, (cards) => table(t('watched'), [
        { head: t('cardNumber'), cell: (card) => cardLink(card.cardNumber), kind: 'tight' },
        { head: t('status'), cell: (card) => badge(nameOf('cardStatus', card.status), toneOf(card.status)), kind: 'tight' },
        { head: t('socialApplication'), cell: (card) => badge(nameOf('socialState', card.social.state), toneOf(card.social.state)) },
        {
        head: t('financialApplication'),
        cell: ({ financial }) => badge(nameOf('financialState', financial.state), toneOf(financial.state)),
      },
        { head: t('reason'), cell: (card) => nameOf('stateReason', card.social.reason ?? card.financial.reason) },
        { head: t('dueAt'), cell: (card) => (card.activatedAt ? '—' : due(card.activationDeadline)) },
      ], cards, t('watchedNone'))), html`
        <form class="line" @submit=${this.#add}>
          <input name="number" class="number" aria-label=${t('watchAdd')} placeholder=${t('watchAdd')} required
            pattern="\\s*[0-9A-Za-z]{9}\\s*" autocomplete="off">
          <button>${t('watchDo')}</button>
        </form>`)}
      ${panel(t('moves'), moves.length === 0 ? empty(t('movesNone')) : table(t('moves'), [
        { head: t('clockNow'), cell: (move: Move) => precise(move.from) },
        { head: t('clockTo'), cell: (move: Move) => precise(move.to) },
        { head: t('timersFired'), cell: (move: Move) => move.timersFired, kind: 'number' },
      ], moves, t('movesNone')))}`;
  }

  #button(word: string, press: () => Promise<void>): unknown {
    return html`<button class="main" ?disabled=${this.moving} @click=${press}>${word}</button>`;
  }

  /** To when the earliest falls due of what waits within the caller's region. */
  async #moveToNext(): Promise<void> {
    try {
      const waiting = await answer(api.GET('/operations/workflows', { params: { query: { state: 'waiting' } } }));
      const next = waiting.items.map((workflow) => workflow.waitsFor?.due).find((instant) => instant && Date.parse(instant) > clock.now());
      if (next) await this.#move({ to: next });
      else tell(t('clockNextNone'));
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.fault = fault;
    }
  }

  readonly #moveTo = (event: SubmitEvent): void => {
    event.preventDefault();
    const day = String(new FormData(event.target as HTMLFormElement).get('to'));
    void this.#move({ to: `${day}T00:00:00+08:00` });
  };

  readonly #add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    watch(String(new FormData(form).get('number')).trim().toUpperCase());
    form.reset();
    void this.#cards.refresh();
  };

  async #move(by: { advanceDays: number } | { to: string }): Promise<void> {
    this.moving = true;
    this.fault = null;
    try {
      const from = clock.now();
      const timersFired = await clock.move(by);
      moves.unshift({ from, to: clock.now(), timersFired });
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.fault = fault;
    }

    this.moving = false;
    await this.#cards.refresh();
  }

  async #read(): Promise<Schema['CardView'][]> {
    return Promise.all(watched().map((cardNumber) => answer(api.GET('/cards/{cardNumber}', { params: { path: { cardNumber } } }))));
  }
}

customElements.define('sc-clock', ClockScreen);
