import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { narrow, options, pages } from '../parts/lists';
import { Screen } from '../parts/page';
import { badge, due, facts, heading, live, panel, region, subject, table, time, toneOf, workflowLink, type Column } from '../parts/show';
import { linkTo } from '../router';
import { session } from '../session';
import { names } from '../words/glossary';
import { dayAfter } from '../words/format';
import { nameOf, t } from '../words/words';

type Workflow = Schema['WorkflowView'];
type Details = Schema['WorkflowDetailsView'];

/** Of those that came to their own end no list is kept. */
const listedStates: readonly Schema['WorkflowState'][] = ['waiting', 'failed', 'terminated'];

/** What runs, what each waits for and until when; one with its history, ended or begun again with a reason. */
class Workflows extends Screen {
  readonly #list = new Live(this, () => this.#read());
  readonly #one = new Live(this, () => this.#readOne());

  protected override render(): unknown {
    return html`
      ${heading(t('workflows'), t('workflowsAbout'))}
      ${this.about ? live(this.#one, (details) => this.#details(details)) : html`
        ${this.#filter()}
        <section class="panel">${live(this.#list, (page) => html`
          ${table(t('workflows'), columns(), page.items, t('noWorkflows'))}
          ${pages('workflows', this.query, this.#asked(), page.next)}`)}
        </section>`}`;
  }

  #filter(): unknown {
    const asked = this.#asked();
    return html`
      <form class="panel line" @submit=${this.#narrow} @change=${this.#narrow}>
        <div class="field grow">
          <label for="kind">${t('kind')}</label>
          <select id="kind" name="kind">${options('workflow', Object.keys(names.workflow), asked.kind, true)}</select>
        </div>
        <div class="field grow">
          <label for="state">${t('status')}</label>
          <select id="state" name="state">${options('workflowState', listedStates, asked.state)}</select>
        </div>
        <div class="field grow"><label for="card">${t('cardNumber')}</label>
          <input id="card" name="cardNumber" class="number" value=${asked.cardNumber ?? ''}
            pattern="[0-9A-Za-z]{9}" autocomplete="off"></div>
        <div class="field"><label for="until">${t('dueUntil')}</label>
          <input id="until" name="dueUntil" type="date" value=${asked.dueUntil ?? ''}></div>
        <button>${t('search')}</button>
      </form>`;
  }

  #details(workflow: Details): unknown {
    const { history: happened, failure } = workflow;
    const mayEnd = session.may('terminateWorkflow') && ['waiting', 'running'].includes(workflow.state);
    const mayRestart = session.may('restartWorkflow') && ['failed', 'terminated'].includes(workflow.state);
    return html`
      ${panel(nameOf('workflow', workflow.kind), html`
        ${badge(nameOf('workflowState', workflow.state), toneOf(workflow.state))}
        ${facts([
          [t('instance'), html`<code>${workflow.instanceId}</code>`],
          [t('subject'), subject(workflow.subject)],
          [t('regionWord'), region(workflow.regionCode)],
          [t('waitsFor'), workflow.waitsFor ? nameOf('wait', workflow.waitsFor.reason) : '—'],
          [t('dueAt'), due(workflow.waitsFor?.due)],
          [t('startedAt'), time(workflow.startedAt)],
        ])}
        ${failure ? html`<pre lang="en">${failure.type}: ${failure.message}</pre>` : nothing}`, html`
        <div class="actions">
          <a href=${linkTo('workflows')}>${t('backToList')}</a>
          ${mayRestart
            ? html`<button class="main" @click=${() => this.#carryOut(this.#restart(workflow))}>${t('restart')}</button>`
            : nothing}
          ${mayEnd
            ? html`<button class="grave" @click=${() => this.#carryOut(this.#terminate(workflow))}>${t('terminate')}</button>`
            : nothing}
        </div>`)}
      ${panel(t('history'), table(t('history'), [
        { head: t('at'), cell: (line) => time(line.at), kind: 'tight' },
        { head: t('what'), cell: (line) => nameOf('historyEvent', line.what) },
        { head: t('nameWord'), cell: (line) => line.name ?? '—' },
      ], happened, t('noEvents')))}`;
  }

  #terminate(workflow: Details): Command {
    return {
      title: t('terminate'), about: t('terminateAbout'), done: t('terminated'), grave: true,
      fields: [{ name: 'reason', label: t('reason'), kind: 'area', hint: t('reasonHint') }],
      run: (values, key) => answer(api.POST('/operations/workflows/{instanceId}/termination', {
        params: { path: { instanceId: workflow.instanceId }, header: once(key) }, body: { reason: values.reason! },
      })),
    };
  }

  #restart(workflow: Details): Command {
    return {
      title: t('restart'), about: t('restartAbout'), done: t('restarted'),
      fields: [{ name: 'reason', label: t('reason'), kind: 'area', hint: t('reasonHint') }],
      run: (values, key) => answer(api.POST('/operations/workflows/{instanceId}/restart', {
        params: { path: { instanceId: workflow.instanceId }, header: once(key) }, body: { reason: values.reason! },
      })),
    };
  }

  async #carryOut(command: Command): Promise<void> {
    if (await carryOut(command)) await this.#one.refresh();
  }

  #asked(): Record<string, string | undefined> {
    return Object.fromEntries(['kind', 'state', 'cardNumber', 'dueUntil'].map((name) => [name, this.query.get(name) || undefined]));
  }

  readonly #narrow = narrow('workflows');

  async #read(): Promise<Schema['WorkflowsView'] | undefined> {
    if (this.about) return undefined;
    const { kind, state, cardNumber, dueUntil } = this.#asked();
    return answer(api.GET('/operations/workflows', {
      params: {
        query: {
          kind: kind as Schema['WorkflowKind'] | undefined,
          state: state as Schema['WorkflowState'] | undefined,
          cardNumber: cardNumber?.toUpperCase(),
          dueUntil: dueUntil && `${dayAfter(dueUntil, 1)}T00:00:00+08:00`,
          after: this.query.get('after') ?? undefined,
        },
      },
    }));
  }

  async #readOne(): Promise<Details | undefined> {
    return this.about ? answer(api.GET('/operations/workflows/{instanceId}', { params: { path: { instanceId: this.about } } })) : undefined;
  }
}

/** The columns of a list of workflows, here and in the calendar. */
export function columns(): Column<Workflow>[] {
  return [
    { head: t('kind'), cell: workflowLink },
    { head: t('subject'), cell: (workflow) => subject(workflow.subject), kind: 'tight' },
    { head: t('status'), cell: (workflow) => badge(nameOf('workflowState', workflow.state), toneOf(workflow.state)), kind: 'tight' },
    { head: t('waitsFor'), cell: (workflow) => (workflow.waitsFor ? nameOf('wait', workflow.waitsFor.reason) : '—') },
    { head: t('dueAt'), cell: (workflow) => due(workflow.waitsFor?.due) },
    { head: t('regionWord'), cell: (workflow) => region(workflow.regionCode) },
  ];
}

customElements.define('sc-workflows', Workflows);
