import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { pages, tabs } from '../parts/lists';
import { Screen } from '../parts/page';
import { cardLink, heading, live, region, table, time, type Column } from '../parts/show';
import { session } from '../session';
import { names } from '../words/glossary';
import { nameOf, t } from '../words/words';

type Escalation = Schema['EscalationView'];
type State = Escalation['state'];

/** What somebody must decide: who has taken it, and how it was closed. */
class Escalations extends Screen {
  readonly #page = new Live(this, () => this.#read());

  get #state(): State {
    return (this.query.get('state') as State | null) ?? 'open';
  }

  protected override render(): unknown {
    return html`
      ${heading(t('escalations'), t('escalationsAbout'))}
      ${tabs('escalations', t('escalations'), 'state', 'escalationState', Object.keys(names.escalationState), this.#state)}
      <section class="panel">${live(this.#page, (page) => html`
        ${table(t('escalations'), this.#columns(), page.items, t('noEscalations'))}
        ${pages('escalations', this.query, { state: this.#state }, page.next)}`)}
      </section>`;
  }

  #columns(): Column<Escalation>[] {
    return [
      { head: t('what'), cell: (escalation) => html`<strong>${nameOf('escalation', escalation.matter.kind)}</strong>`, kind: 'name' },
      { head: t('subject'), cell: (escalation) => this.#subject(escalation.matter), kind: 'tight' },
      { head: t('regionWord'), cell: (escalation) => (escalation.matter.regionCode ? region(escalation.matter.regionCode) : '—') },
      { head: t('openedAt'), cell: (escalation) => time(escalation.openedAt), kind: 'tight' },
      { head: t('times'), cell: (escalation) => escalation.times, kind: 'number' },
      { head: t('takenBy'), cell: (escalation) => (escalation.takenBy ? html`${escalation.takenBy} ${time(escalation.takenAt)}` : '—') },
      { head: t('closedBy'), cell: (escalation) => this.#closed(escalation) },
      { head: '', cell: (escalation) => this.#actions(escalation), kind: 'tight' },
    ];
  }

  #closed({ closedBy, closedAt, reason }: Escalation): unknown {
    return closedBy ? html`${closedBy} ${time(closedAt)}<br><small lang="">${reason}</small>` : '—';
  }

  #subject({ cardNumber, employerCode, electronicCardId, bankId }: Escalation['matter']): unknown {
    const other = employerCode ?? electronicCardId;
    return html`${cardNumber ? cardLink(cardNumber) : other ? html`<span class="number short" title=${other}>${other}</span>` : nothing}
      ${bankId ? html` <small>${bankId}</small>` : nothing}`;
  }

  #actions(escalation: Escalation): unknown {
    return html`<div class="actions">
      ${escalation.state === 'open' && session.may('takeEscalation')
        ? html`<button class="small main" @click=${() => this.#carryOut(this.#take(escalation))}>${t('take')}</button>` : nothing}
      ${escalation.state !== 'closed' && session.may('closeEscalation')
        ? html`<button class="small" @click=${() => this.#carryOut(this.#close(escalation))}>${t('close')}</button>` : nothing}
    </div>`;
  }

  #take(escalation: Escalation): Command {
    return {
      title: t('take'), about: t('takeAbout'), done: t('taken'),
      run: (_, key) => answer(api.POST('/operations/escalations/{escalationId}/taking', {
        params: { path: { escalationId: escalation.escalationId }, header: once(key) },
      })),
    };
  }

  #close(escalation: Escalation): Command {
    return {
      title: t('close'), about: t('closeAbout'), done: t('closed'),
      fields: [{ name: 'reason', label: t('reason'), kind: 'area', hint: t('reasonHint') }],
      run: (values, key) => answer(api.POST('/operations/escalations/{escalationId}/closing', {
        params: { path: { escalationId: escalation.escalationId }, header: once(key) }, body: { reason: values.reason! },
      })),
    };
  }

  async #carryOut(command: Command): Promise<void> {
    if (await carryOut(command)) await this.#page.refresh();
  }

  #read(): Promise<Schema['EscalationsView']> {
    const query = { state: this.#state, after: this.query.get('after') ?? undefined };
    return answer(api.GET('/operations/escalations', { params: { query } }));
  }
}

customElements.define('sc-escalations', Escalations);
