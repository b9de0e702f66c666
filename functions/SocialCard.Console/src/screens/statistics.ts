import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { clock } from '../api/clock';
import { Live } from '../api/live';
import type { ChartKind, Series } from '../parts/chart';
import { carryOut } from '../parts/command';
import { tabs } from '../parts/lists';
import { Screen } from '../parts/page';
import { facts, heading, live, panel, table } from '../parts/show';
import { goTo } from '../router';
import { session } from '../session';
import { count, dayAfter, dayName, dayOf, daysName, decimal, monthName, percent } from '../words/format';
import { names } from '../words/glossary';
import { nameOf, regionName, t } from '../words/words';
import { mostDays, periodsOf, steps, type Period, type Step } from './figures';

type View = Schema['StatisticsView'];

/** A figure of a period, as a line or a colour of a chart and as a column of its table. */
type Figure = { name: string; colour: string; of: (period: Period) => number | null };

const rereadSeconds = 60;

// Apart in lightness as well as in hue, for those who see no colours.
const statusColours: Record<Schema['CardStatus'], string> = {
  issued: '#8fb4d9', awaitingActivation: '#e0a030', active: '#1f8a56', suspended: '#a61b1b', cancelled: '#8b96a1',
};
const colours = ['#0b5cab', '#e0a030', '#1f8a56', '#7b4fb5', '#a61b1b', '#4c5866', '#5bb8cf', '#b5763a'];
const [main, late] = [colours[0]!, colours[4]!];

const told = (figure: number | null): string => (figure === null ? '—' : decimal(figure));

/** What became of the cards of a province or of the country: charts, and beside each the table of what it shows. */
class Statistics extends Screen {
  readonly #view = new Live(this, () => this.#read(), rereadSeconds);

  get #step(): Step {
    const asked = this.query.get('step');
    return asked && asked in steps ? (asked as Step) : 'week';
  }

  get #region(): string {
    return this.about || `${session.caller!.regionCode.slice(0, 2)}0000`;
  }

  /** The last day that the service has counted. */
  get #yesterday(): string {
    return dayAfter(dayOf(clock.now()), -1);
  }

  protected override render(): unknown {
    return html`
      ${heading(t('statistics'), t('statisticsAbout'), html`
        ${this.#regions()}
        ${session.may('rebuildStatistics') ? html`<button @click=${this.#rebuild}>${t('rebuild')}</button>` : nothing}`)}
      ${tabs('statistics', t('statistics'), 'step', 'statisticsStep', Object.keys(steps), this.#step, this.about)}
      ${live(this.#view, (view) => this.#figures(periodsOf(view.days, this.#step, this.#yesterday)))}`;
  }

  #regions(): unknown {
    const codes = new Set([this.#region, ...session.caller!.regions.map(({ code }) => `${code.slice(0, 2)}0000`)]);
    if (session.caller!.regionCode.slice(0, 2) === '00') codes.add('000000');
    if (codes.size === 1) return html`<strong>${regionName(this.#region)}</strong>`;
    return html`
      <select aria-label=${t('regionWord')} @change=${(event: Event) =>
        goTo('statistics', (event.target as HTMLSelectElement).value, { step: this.#step })}>
        ${[...codes].sort().map((code) => html`<option value=${code} ?selected=${code === this.#region}>${regionName(code)}</option>`)}
      </select>`;
  }

  #figures(periods: readonly Period[]): unknown {
    const cards = (status: string) => ({ cards: standing }: Period) => (standing ? standing.get(status) ?? 0 : null);
    const statuses = Object.entries(statusColours).map(([status, colour]) => (
      { name: nameOf('cardStatus', status), colour, of: cards(status) }));
    const channels = Object.keys(names.channel).filter((channel) => periods.some(({ activations }) => activations.has(channel)));
    const enabled = channels.map((channel, index) => ({
      name: nameOf('channel', channel), colour: colours[index]!, of: ({ activations }: Period) => activations.get(channel) ?? 0,
    }));
    return html`
      ${this.#summary(periods)}
      ${this.#chart(t('cardsByStatus'), 'area', periods, statuses)}
      ${this.#chart(t('activationsByChannel'), 'bar', periods, enabled)}
      ${this.#chart(t('timeToActivation'), 'line', periods, [{ name: t('meanDays'), colour: main, of: (one) => one.daysToActivation }],
        { name: t('activatedCards'), colour: main, of: (one) => one.activated })}
      ${this.#chart(t('expiries'), 'bar', periods, [{ name: t('expiredCards'), colour: late, of: (one) => one.expiries }])}
      ${this.#chart(t('reissueLeadTime'), 'line', periods, [{ name: t('meanDays'), colour: main, of: (one) => one.leadDays }],
        { name: t('newCardsReady'), colour: main, of: (one) => one.newCards })}`;
  }

  #summary(periods: readonly Period[]): unknown {
    const standing = periods.at(-1)?.cards;
    const all = standing ? [...standing.values()].reduce((sum, cards) => sum + cards, 0) : null;
    const share = all ? (standing!.get('active') ?? 0) / all : null;
    const total = (of: (period: Period) => number): string => count(periods.reduce((sum, one) => sum + of(one), 0));
    return html`
      <section class="summary" aria-label=${t('summary')}>
        ${facts([
          [t('cardsInAll'), all === null ? '—' : count(all)],
          [t('shareActive'), share === null ? '—' : percent(share)],
          [t('activatedCards'), total((one) => one.activated)],
          [t('expiredCards'), total((one) => one.expiries)],
          [t('newCardsReady'), total((one) => one.newCards)],
        ])}
      </section>`;
  }

  #name({ first, last }: Period): string {
    return this.#step === 'day' ? dayName(first) : this.#step === 'week' ? daysName(first, last) : monthName(first);
  }

  /** A chart of some figures, and the table of them and of what is only told in numbers. */
  #chart(title: string, kind: ChartKind, periods: readonly Period[], drawn: readonly Figure[], ...besides: readonly Figure[]): unknown {
    const hasAny = periods.some((one) => drawn.some(({ of }) => of(one)));
    if (!hasAny) return panel(title, html`<p class="empty">${t('nothingCounted')}</p>`);
    const series: Series[] = drawn.map(({ name, colour, of }) => ({ name, colour, values: periods.map(of) }));
    const [first, last] = [this.#name(periods[0]!), this.#name(periods.at(-1)!)];
    const columns = [
      { head: t('period'), cell: (one: Period) => this.#name(one), kind: 'tight' as const },
      ...[...besides, ...drawn].map(({ name, of }) => ({
        head: name, cell: (one: Period) => told(of(one)), kind: 'number' as const,
      })),
    ];
    return panel(title, html`
      <div class="figures">
        <sc-chart label=${t('chartOf', { title, first, last })} .kind=${kind} .series=${series}
          .periods=${periods.map((one) => this.#name(one))}></sc-chart>
        ${table(title, columns, [...periods].reverse(), t('nothingCounted'))}
      </div>`);
  }

  readonly #rebuild = async (): Promise<void> => {
    const isDone = await carryOut({
      title: t('rebuild'), about: t('rebuildAbout'), done: t('rebuilt'),
      fields: [{ name: 'from', label: t('rebuildFrom'), kind: 'date', optional: true, hint: t('rebuildFromHint') }],
      run: ({ from }, key) => answer(api.POST('/operations/statistics/rebuild', {
        params: { header: once(key) }, body: from ? { from } : {},
      })),
    });
    if (isDone) await this.#view.refresh();
  };

  #read(): Promise<View> {
    const until = this.#yesterday;
    const query = { from: dayAfter(until, -mostDays), until, regionCode: this.#region };
    return answer(api.GET('/operations/statistics', { params: { query } }));
  }
}

customElements.define('sc-statistics', Statistics);
