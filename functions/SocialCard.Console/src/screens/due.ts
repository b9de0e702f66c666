import { html, nothing } from 'lit';
import { answer, api, type Schema } from '../api/client';
import { clock } from '../api/clock';
import { Live } from '../api/live';
import { Screen } from '../parts/page';
import { heading, live, panel, table } from '../parts/show';
import { linkTo } from '../router';
import { count, dayAfter, dayName, dayOf } from '../words/format';
import { nameOf, t, wording } from '../words/words';
import { columns } from './workflows';

type Day = Schema['DueCountView'];
type Shown = { days: Day[]; items: Schema['WorkflowView'][] };

const weeks = 5;
const daysOfWeek = 7;

/** A call counts as many days as it may; this many calls are asked for a calendar. */
const mostReads = 6;
const rereadSeconds = 30;

/** What falls due in the next weeks, as a calendar; of a day that is chosen, each. */
class Due extends Screen {
  readonly #days = new Live(this, () => this.#read(), rereadSeconds);

  /** The Monday of the week that is shown first. */
  get #from(): string {
    const today = this.query.get('from') ?? dayOf(clock.now());
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % daysOfWeek;
    return dayAfter(today, -weekday);
  }

  protected override render(): unknown {
    const from = this.#from;
    return html`
      ${heading(t('due'), t('dueAbout'), html`
        <a class="button" href=${linkTo('due', '', { from: dayAfter(from, -weeks * daysOfWeek) })}>${t('earlier')}</a>
        <a class="button" href=${linkTo('due')}>${t('today')}</a>
        <a class="button" href=${linkTo('due', '', { from: dayAfter(from, weeks * daysOfWeek) })}>${t('later')}</a>`)}
      ${live(this.#days, (view) => html`
        ${this.#calendar(view.days)}
        ${this.about ? this.#chosen(view.items) : nothing}`)}`;
  }

  #chosen(items: Shown['items']): unknown {
    const heading = t('dueOn', { day: this.about });
    return panel(heading, table(heading, columns(), items, t('nothingDue')));
  }

  #calendar(days: readonly Day[]): unknown {
    const from = this.#from;
    const weekday = new Intl.DateTimeFormat(wording.locale, { weekday: 'short', timeZone: 'UTC' });
    const all = Array.from({ length: weeks * daysOfWeek }, (_, index) => dayAfter(from, index));
    return html`
      <section class="calendar" aria-label=${t('due')}>
        ${all.slice(0, daysOfWeek).map((day) => html`
          <div class="weekday" aria-hidden="true">${weekday.format(new Date(`${day}T00:00:00Z`))}</div>`)}
        ${all.map((day) => this.#day(day, days.filter((found) => found.day === day)))}
      </section>`;
  }

  #day(day: string, kinds: readonly Day[]): unknown {
    const today = day === dayOf(clock.now());
    const total = kinds.reduce((sum, kind) => sum + kind.count, 0);
    const classes = `day ${today ? 'today' : ''} ${total ? 'full' : ''} ${day < dayOf(clock.now()) ? 'past' : ''}`;
    return html`
      <a class=${classes} href=${linkTo('due', day, { from: this.#from })} aria-current=${day === this.about ? 'date' : nothing}>
        <span class="date">${dayName(day)}</span>
        ${kinds.map((kind) => html`
          <span class="kind"><b>${count(kind.count)}${kind.atLeast ? '+' : ''}</b> ${nameOf('workflow', kind.kind)}</span>`)}
      </a>`;
  }

  async #read(): Promise<Shown> {
    const until = dayAfter(this.#from, weeks * daysOfWeek - 1);
    const days: Day[] = [];
    let from: string | null = this.#from;
    for (let asked = 0; from !== null && asked < mostReads; asked++) {
      const counted: Schema['DueView'] = await answer(api.GET('/operations/due', { params: { query: { from, until } } }));
      days.push(...counted.days);
      from = counted.nextDay;
    }

    const chosen = this.about
      ? await answer(api.GET('/operations/due', { params: { query: { from: this.about, until: this.about } } })) : null;
    return { days, items: chosen?.items ?? [] };
  }
}

customElements.define('sc-due', Due);
