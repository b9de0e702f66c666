import { html, nothing } from 'lit';
import { answer, api, type Schema } from '../api/client';
import { Live } from '../api/live';
import { pages, tabs } from '../parts/lists';
import { Screen } from '../parts/page';
import { badge, cardLink, due, heading, live, region, table, time, type Column } from '../parts/show';
import { session } from '../session';
import { names } from '../words/glossary';
import { nameOf, t } from '../words/words';

type Kind = Schema['WorkItemKind'];
type Item = Schema['WorkItemView'];

const ofBanks: readonly Kind[] = ['unclaimedCard', 'productionOverdue'];
const pageSize = 50;

/** What there is to do, a list a kind, oldest first. */
class Work extends Screen {
  readonly #page = new Live(this, () => this.#read());

  get #kinds(): Kind[] {
    const all = Object.keys(names.workItem) as Kind[];
    return session.caller?.role === 'bank' ? all.filter((kind) => ofBanks.includes(kind)) : all;
  }

  get #kind(): Kind {
    const asked = this.query.get('kind') as Kind | null;
    return asked && this.#kinds.includes(asked) ? asked : this.#kinds[0]!;
  }

  protected override render(): unknown {
    return html`
      ${heading(t('work'), t('workAbout'))}
      ${tabs('work', t('work'), 'kind', 'workItem', this.#kinds, this.#kind)}
      <section class="panel">
        ${live(this.#page, (page) => html`
          ${table(nameOf('workItem', this.#kind), this.#columns(), page.items, t('nothingToDo'))}
          ${pages('work', this.query, { kind: this.#kind }, page.more ? page.next : null)}`)}
      </section>`;
  }

  #columns(): Column<Item>[] {
    return [
      { head: t('subject'), cell: (item) => this.#subject(item), kind: 'tight' },
      { head: t('regionWord'), cell: (item) => region(item.regionCode) },
      { head: t('waitsSince'), cell: (item) => time(item.since), kind: 'tight' },
      { head: t('dueAt'), cell: (item) => due(item.dueAt) },
      { head: t('what'), cell: (item) => this.#what(item), kind: 'wide' },
    ];
  }

  #subject(item: Item): unknown {
    if (item.cardNumber) {
      return html`${cardLink(item.cardNumber)}${item.otherCardNumber ? html` · ${cardLink(item.otherCardNumber)}` : nothing}`;
    }

    const other = item.employerCode ?? item.electronicCardId ?? item.holderId ?? '—';
    return html`<span class="number short" title=${other}>${other}</span>`;
  }

  #what(item: Item): unknown {
    if (item.escalation) return badge(nameOf('escalation', item.escalation), 'bad');
    if (item.duty) return nameOf('duty', item.duty);
    const told = item.reissueId ?? item.memberId;
    return told ? html`<span class="number short" title=${told}>${told}</span>` : '—';
  }

  async #read(): Promise<Schema['WorkItemsView']> {
    const query = { kind: this.#kind, after: this.query.get('after') ?? undefined, limit: pageSize };
    return answer(api.GET('/work-items', { params: { query } }));
  }
}

customElements.define('sc-work', Work);
