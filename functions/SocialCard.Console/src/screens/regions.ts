import { html, nothing } from 'lit';
import { answer, api, type Schema } from '../api/client';
import { Live } from '../api/live';
import { Screen } from '../parts/page';
import { badge, heading, live, table, type Column } from '../parts/show';
import { goTo, linkTo } from '../router';
import { session } from '../session';
import { nameAmong, nameOf, pair, regionName, t, type Kind } from '../words/words';

type Rule = Schema['RuleFieldView'];

const rereadSeconds = 60;

/** The kinds of values that a rule may have. */
const valueKinds: readonly Kind[] = ['ruleValue', 'channel', 'occasion', 'passwordKind', 'delivery'];

/** Parts of a value that are told without their names. */
const unnamedParts = ['any', 'rule', 'channels'];

const units = {
  minute: 'periodMinute', hour: 'periodHour', day: 'periodDay', workingDay: 'periodWorkingDay', month: 'periodMonth',
} as const;

/** A period such as "3 workingDays"; null for what is none. */
function periodOf(text: string): string | null {
  const [, n, unit] = /^(\d+) (\w+?)s?$/.exec(text) ?? [];
  if (n === '0') return t('periodNone');
  return n && unit && unit in units ? t(units[unit as keyof typeof units], { n }) : null;
}

/** The rules that count in a region, each with where it comes from, and where it is otherwise. */
class Regions extends Screen {
  static override properties = { ...Screen.properties, asked: { state: true } };

  declare asked: string;
  readonly #rules = new Live(this, () => this.#read(), rereadSeconds);

  constructor() {
    super();
    this.asked = '';
  }

  get #code(): string {
    return this.about || session.caller!.regionCode;
  }

  protected override render(): unknown {
    return html`
      ${heading(t('regions'), t('regionsAbout'), html`
        <form class="line" @submit=${this.#open}>
          <select aria-label=${t('regionWord')} name="listed"
            @change=${(event: Event) => goTo('regions', (event.target as HTMLSelectElement).value)}>
            ${this.#listed().map((code) => html`
              <option value=${code} ?selected=${code === this.#code}>${regionName(code)} ${code}</option>`)}
          </select>
          <input name="code" class="number" aria-label=${t('regionForm')} placeholder=${t('regionForm')} pattern="[0-9]{6}" required>
          <button>${t('open')}</button>
        </form>`)}
      ${live(this.#rules, (view) => html`
        <section class="panel">
          <header>
            <h2>${regionName(view.regionCode)} <small>${view.regionCode}</small></h2>
            <span class="quiet">${t('rulesOn', { day: view.on, level: `${regionName(view.rulesOf)} ${view.rulesOf}` })}</span>
          </header>
          <div class="field"><input type="search" aria-label=${t('filter')} placeholder=${t('filter')} @input=${this.#filter}></div>
          ${table(t('regions'), this.#columns(), view.fields.filter((rule) => this.#matches(rule)), t('noRules'))}
        </section>`)}`;
  }

  #listed(): string[] {
    const listed = session.caller!.regions.map((region) => region.code);
    return listed.includes(this.#code) ? listed : [this.#code, ...listed];
  }

  #columns(): Column<Rule>[] {
    return [
      { head: t('rule'), cell: (rule) => html`<strong>${this.#word(rule.path)}</strong><br><code>${rule.path}</code>`, kind: 'name' },
      { head: t('value'), cell: (rule) => html`${this.#value(rule.value)}${this.#shipped(rule)}` },
      {
        head: t('level'), kind: 'tight',
        cell: (rule) => html`${regionName(rule.level)} ${rule.shipped ? badge(t('overlay'), 'wait') : nothing}`,
      },
      { head: t('source'), cell: (rule) => this.#source(rule), kind: 'wide' },
      { head: t('overriddenIn'), cell: (rule) => this.#elsewhere(rule.overriddenIn) },
    ];
  }

  #word(path: string): string {
    const [group = path, ...parts] = path.split('.');
    return [nameOf('ruleGroup', group), ...parts.map((part) => nameOf('rulePart', part))].join(' · ');
  }

  #value(value: unknown): unknown {
    const told = this.#told(value);
    return told === null ? html`<span class="quiet">${t('unknown')}</span>` : html`<span class="value">${told}</span>`;
  }

  /** What a value says; null where it is not known. */
  #told(value: unknown): string | null {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'string') return periodOf(value) ?? nameAmong(valueKinds, value);
    if (Array.isArray(value)) return value.map((one) => this.#told(one)).join(t('listComma')) || t('none');
    if (typeof value !== 'object') return String(value);
    // What counts for any channel stands first, and then those for which something else does.
    return Object.entries(value).map(([part, inner]) => [part, this.#told(inner)] as const).filter(([, told]) => told !== null)
      .map(([part, told]) => (unnamedParts.includes(part) ? told! : pair(nameOf('rulePart', part), told!))).join(t('semicolon'));
  }

  #shipped({ shipped }: Rule): unknown {
    return shipped ? html`<br><small>${t('shipped')}: ${this.#value(shipped.value)}</small>` : nothing;
  }

  #source(rule: Rule): unknown {
    const grade = rule.confidence && t('confidence', { grade: rule.confidence });
    return html`
      ${rule.unsourced ? badge(t('unsourced'), 'wait') : nothing}
      ${rule.source ? html`<span class="source">${rule.source}</span>` : nothing}
      <small>${[rule.asOf, grade].filter(Boolean).join(' · ')}</small>
      ${rule.note ? html`<br><small lang="en">${rule.note}</small>` : nothing}`;
  }

  #elsewhere(codes: readonly string[]): unknown {
    if (codes.length === 0) return '—';
    return html`
      <details>
        <summary>${t('places', { n: codes.length })}</summary>
        ${codes.map((code) => html`<a href=${linkTo('regions', code)}>${regionName(code)}</a> `)}
      </details>`;
  }

  #matches(rule: Rule): boolean {
    const asked = this.asked.toLowerCase();
    const texts = [rule.path, this.#word(rule.path), JSON.stringify(rule.value), rule.source ?? ''];
    return !asked || texts.some((text) => text.toLowerCase().includes(asked));
  }

  readonly #filter = (event: Event): void => {
    this.asked = (event.target as HTMLInputElement).value.trim();
  };

  readonly #open = (event: SubmitEvent): void => {
    event.preventDefault();
    goTo('regions', String(new FormData(event.target as HTMLFormElement).get('code')));
  };

  #read(): Promise<Schema['RegionRulesView']> {
    return answer(api.GET('/operations/regions/{regionCode}/rules', { params: { path: { regionCode: this.#code } } }));
  }
}

customElements.define('sc-regions', Regions);
