import { html, nothing } from 'lit';
import { answer, api, type Schema } from '../api/client';
import { clock } from '../api/clock';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { Screen } from '../parts/page';
import { badge, cardLink, due, facts, heading, live, panel, region, table, time, toneOf, workflowLink } from '../parts/show';
import { goTo } from '../router';
import { session } from '../session';
import { dayAfter, dayOf, left } from '../words/format';
import { nameOf, t } from '../words/words';
import { passwordReset, steps } from './card-steps';
import { Timeline, timelinePanel } from './timeline';
import { watch } from './watched';

type Card = Schema['CardView'];
type Shown = { card: Card; next: readonly Schema['NextStep'][]; workflows: readonly Schema['WorkflowView'][]; timeline: Timeline };

const windowDays = 300;

/** A card: its two applications, its passwords, what keeps it from working, what can be done next, and all that happened to it. */
class CardScreen extends Screen {
  #timeline: Timeline | undefined;
  readonly #shown = new Live(this, () => this.#read());

  protected override render(): unknown {
    const shown = this.#shown.value;
    return html`
      ${heading(t('cardTitle', { number: this.about }), '', shown ? this.#actions(shown) : nothing)}
      ${live(this.#shown, (value) => this.#card(value))}`;
  }

  #card({ card, workflows, timeline }: Shown): unknown {
    return html`
      <div class="summary">
        ${badge(nameOf('cardStatus', card.status), toneOf(card.status))}
        ${facts([
          [t('holder'), html`<span lang="zh-CN">${card.holder.name}</span> <span class="number">${card.holder.document.number}</span>`],
          [t('mobile'), card.holder.mobile ?? '—'],
          [t('regionWord'), region(card.regionCode)],
          [t('bank'), card.bankId],
          [t('generation'), card.generation],
          [t('receivedOn'), card.receivedOn ?? '—'],
          card.validity ? [t('validUntil'), card.validity.validUntil] : null,
          card.replaces ? [t('replaces'), cardLink(card.replaces)] : null,
          card.replacedBy ? [t('replacedBy'), cardLink(card.replacedBy)] : null,
        ])}
      </div>
      ${this.#blocked(card)}
      ${this.#deadline(card)}
      <div class="pair">
        ${panel(t('socialApplication'), this.#application(nameOf('socialState', card.social.state), card.social))}
        ${panel(t('financialApplication'), this.#application(nameOf('financialState', card.financial.state), card.financial))}
      </div>
      <div class="pair">
        ${this.#passwords(card)}
        ${this.#running(card)}
      </div>
      ${session.may('getWorkflows') ? this.#waiting(workflows) : nothing}
      ${timelinePanel(timeline)}`;
  }

  /** What waits for this card, and how long still. */
  #waiting(workflows: Shown['workflows']): unknown {
    return panel(t('workflowsOfCard'), table(t('workflowsOfCard'), [
      { head: t('kind'), cell: workflowLink },
      { head: t('status'), cell: (workflow) => badge(nameOf('workflowState', workflow.state), toneOf(workflow.state)), kind: 'tight' },
      { head: t('waitsFor'), cell: (workflow) => (workflow.waitsFor ? nameOf('wait', workflow.waitsFor.reason) : '—') },
      { head: t('dueAt'), cell: (workflow) => due(workflow.waitsFor?.due) },
    ], workflows, t('noWorkflowsOfCard')));
  }

  #application(word: string, { state, reason, since }: { state: string; reason: string | null; since: string }): unknown {
    return html`
      <div class="application">
        ${badge(word, toneOf(state))}
        ${facts([[t('reason'), nameOf('stateReason', reason)], [t('since'), time(since)]])}
      </div>`;
  }

  /** What keeps the card from working, and what helps. */
  #blocked({ blockers }: Card): unknown {
    if (!blockers?.length) return html`<p class="blocked none">${t('blockedByNothing')}</p>`;
    return html`
      <div class="blocked">
        <strong>${t('blockedBy')}</strong>
        <ul>${blockers.map((blocker) => html`
          <li>${nameOf('blocker', blocker.code)}${this.#ofWhat(blocker)}${
              blocker.cardNumber ? html` ${cardLink(blocker.cardNumber)}` : nothing}${
            blocker.next ? html` <small>${t('helps', { step: nameOf('nextStep', blocker.next) })}</small>` : nothing}</li>`)}
        </ul>
      </div>`;
  }

  #ofWhat({ application, password }: Schema['Blocker']): string {
    const word = password ? nameOf('passwordKind', password) : application ? nameOf('lossScope', application) : null;
    return word ? t('inBrackets', { word }) : '';
  }

  /** The days within which the card has to be activated, as far as they have run. */
  #deadline(card: Card): unknown {
    if (!card.receivedOn || !card.activationDeadline || card.activatedAt || card.status === 'cancelled') return nothing;
    const [begin, end] = [Date.parse(`${card.receivedOn}T00:00:00+08:00`), Date.parse(card.activationDeadline)];
    const days = Math.round((end - begin) / 86_400_000) - 1;
    const run = Math.min(days, Math.max(0, Math.floor((clock.now() - begin) / 86_400_000)));
    return html`
      <div class="deadline">
        <div class="words">
          <span>${t('activationWindow', { n: days || windowDays })}</span>
          <strong>${left(card.activationDeadline)}</strong>
          <span>${t('lastDay', { day: dayAfter(dayOf(end), -1) })}</span>
        </div>
        <meter min="0" max=${days} low=${days * 0.8} high=${days * 0.95} optimum="0" .value=${run}
          aria-label=${t('activationWindow', { n: days })}></meter>
      </div>`;
  }

  #passwords(card: Card): unknown {
    const { social, query, financial } = card.passwords;
    const row = (kind: Schema['PasswordKind'], view: Schema['PasswordView']): unknown => html`
      <tr>
        <th scope="row">${nameOf('passwordKind', kind)}</th>
        <td>${view.locked ? badge(t('passwordLocked'), 'bad')
          : view.initial ? badge(t('passwordInitial')) : badge(t('passwordSet'), 'good')}</td>
        <td>${time(view.changedAt)}</td>
        <td>${view.pending ? html`${badge(t('passwordPending'), 'wait')} ${due(view.pending.effectiveAt)}` : '—'}</td>
      </tr>`;
    return panel(t('passwords'), html`
      <table>
        <thead>
          <tr>${[t('password'), t('status'), t('changedAt'), t('pending')].map((head) => html`<th scope="col">${head}</th>`)}</tr>
        </thead>
        <tbody>
          ${row('social', social)}${row('query', query)}
          <tr>
            <th scope="row">${nameOf('passwordKind', 'financial')}</th>
            <td>${badge(t('passwordOfBank'))}</td><td>${time(financial?.changedAt)}</td><td>—</td>
          </tr>
        </tbody>
      </table>`);
  }

  /** What is under way: a loss report, a new card, a temporary one. */
  #running(card: Card): unknown {
    const { lossReport: loss, reissue, temporaryCard: temporary } = card;
    return panel(t('underWay'), html`
      ${loss ? html`<h3>${t('lossReport')} ${badge(nameOf('lossState', loss.state), toneOf(loss.state))}</h3>${facts([
        [t('lossKind'), nameOf('lossKind', loss.kind)],
        [t('lossScope'), nameOf('lossScope', loss.scope)],
        [t('reportedAt'), time(loss.reportedAt)],
        [t('expiresAt'), due(loss.expiresAt)],
      ])}` : nothing}
      ${reissue ? html`<h3>${t('reissue')} ${badge(nameOf('reissueState', reissue.state), toneOf(reissue.state))}</h3>${facts([
        [t('reason'), nameOf('reissueReason', reissue.reason)],
        [t('delivery'), nameOf('delivery', reissue.delivery)],
        [t('fee'), reissue.feeWaived ? t('feeWaived') : t('yuan', { n: reissue.feeYuan })],
        reissue.payBy ? [t('payBy'), due(reissue.payBy)] : null,
        reissue.promisedOn ? [t('promisedOn'), reissue.promisedOn] : null,
        reissue.newCardNumber ? [t('newCard'), cardLink(reissue.newCardNumber)] : null,
        reissue.returnBy ? [t('returnBy'), due(reissue.returnBy)] : null,
      ])}` : nothing}
      ${temporary ? html`<h3>${t('temporaryCard')} ${
        temporary.end ? badge(nameOf('temporaryCardEnd', temporary.end), 'over') : badge(t('valid'), 'good')}</h3>${facts([
        [t('issuedAt'), time(temporary.issuedAt)],
        [t('validUntil'), due(temporary.validUntil)],
      ])}` : nothing}
      ${loss ?? reissue ?? temporary ? nothing : html`<p class="empty">${t('nothingUnderWay')}</p>`}`);
  }

  #actions({ card, next }: Shown): unknown {
    const open = next.filter((step) => steps[step] && session.may(steps[step].call));
    const doable = session.caller!.channels.length > 0 ? open : open.filter((step) => ['handOver', 'restore'].includes(step));
    return html`
      ${doable.map((step, index) => html`
        <button class=${index === 0 ? 'main' : ''}
          @click=${() => this.#carryOut(steps[step]!.command(card))}>${nameOf('nextStep', step)}</button>`)}
      ${session.may(passwordReset.call) && session.caller!.channels.length > 0 && card.status !== 'cancelled'
        ? html`<button @click=${() => this.#carryOut(passwordReset.command(card))}>${t('passwordReset')}</button>` : nothing}
      ${clock.address ? html`<button @click=${() => this.#watch(card)}>${t('watchWithClock')}</button>` : nothing}`;
  }

  #watch(card: Card): void {
    watch(card.cardNumber);
    goTo('clock');
  }

  async #carryOut(command: Command): Promise<void> {
    if (await carryOut(command)) await this.#shown.refresh();
  }

  async #read(): Promise<Shown> {
    const path = { cardNumber: this.about };
    const timeline = (this.#timeline ??= new Timeline((query) =>
      answer(api.GET('/cards/{cardNumber}/timeline', { params: { path, query } }))));
    const [card, next, workflows] = await Promise.all([
      answer(api.GET('/cards/{cardNumber}', { params: { path } })),
      session.may('getNextSteps') ? answer(api.GET('/cards/{cardNumber}/next-steps', { params: { path } })) : { next: [] },
      session.may('getWorkflows')
        ? answer(api.GET('/operations/workflows', { params: { query: { cardNumber: this.about } } })) : { items: [] },
      timeline.read(),
    ]);
    watch(this.about);
    return { card, next: next.next, workflows: workflows.items, timeline };
  }
}

customElements.define('sc-card', CardScreen);
