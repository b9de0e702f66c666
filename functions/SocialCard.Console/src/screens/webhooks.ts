import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { narrow, options, pages } from '../parts/lists';
import { Screen } from '../parts/page';
import { badge, heading, live, table, type Column } from '../parts/show';
import { session } from '../session';
import { names } from '../words/glossary';
import { precise } from '../words/format';
import { isNamed, nameOf, t } from '../words/words';

type Delivery = Schema['WebhookDelivery'];

const tones = { taken: 'good', refused: 'wait', failed: 'bad' } as const;

/** What banks delivered, what came of it, and what went wrong through our fault, to be taken again. */
class Webhooks extends Screen {
  readonly #page = new Live(this, () => this.#read());

  protected override render(): unknown {
    return html`
      ${heading(t('webhooks'), t('webhooksAbout'))}
      <form class="panel line" @submit=${this.#narrow} @change=${this.#narrow}>
        <div class="field grow">
          <label for="bank">${t('bankId')}</label>
          <input id="bank" name="bankId" value=${this.query.get('bankId') ?? ''} autocomplete="off">
        </div>
        <div class="field grow">
          <label for="outcome">${t('outcome')}</label>
          <select id="outcome" name="outcome">${options('outcome', Object.keys(names.outcome), this.query.get('outcome'), true)}</select>
        </div>
        <button>${t('search')}</button>
      </form>
      <section class="panel">${live(this.#page, (page) => html`
        ${table(t('webhooks'), this.#columns(), page.items, t('noDeliveries'))}
        ${pages('webhooks', this.query, this.#asked(), page.next)}`)}
      </section>`;
  }

  #columns(): Column<Delivery>[] {
    return [
      { head: t('receivedAt'), cell: ({ receivedAt }) => html`<time datetime=${receivedAt}>${precise(receivedAt)}</time>`, kind: 'tight' },
      { head: t('bank'), cell: (delivery) => delivery.bankId, kind: 'tight' },
      { head: t('outcome'), cell: (delivery) => badge(nameOf('outcome', delivery.outcome), tones[delivery.outcome]), kind: 'tight' },
      { head: t('eventType'), cell: (delivery) => (delivery.type ? nameOf('bankEvent', delivery.type) : '—'), kind: 'name' },
      { head: t('signature'), cell: (delivery) => (delivery.isProven ? t('proven') : badge(t('unproven'), 'bad')), kind: 'tight' },
      { head: t('answerWord'), cell: (delivery) => delivery.status, kind: 'number' },
      { head: t('reason'), cell: (delivery) => this.#reason(delivery.reason) },
      { head: t('attempts'), cell: (delivery) => delivery.attempts, kind: 'number' },
      { head: t('deliveryId'), cell: ({ webhookId: id }) => html`<span class="number short" title=${id ?? ''}>${id ?? '—'}</span>` },
      { head: t('bodyHash'), cell: ({ bodyHash }) => html`<code title=${bodyHash}>${bodyHash.slice(0, 8)}</code>`, kind: 'tight' },
      { head: '', cell: (delivery) => this.#action(delivery), kind: 'tight' },
    ];
  }

  #reason(reason: string | null): unknown {
    if (!reason) return '—';
    const code = html`<code class="whole">${reason}</code>`;
    return isNamed('problem', reason) ? html`${nameOf('problem', reason)}<br>${code}` : code;
  }

  #action(delivery: Delivery): unknown {
    if (delivery.retakenBy) return html`<small>${t('retakenBy', { partner: delivery.retakenBy })}</small>`;
    if (delivery.outcome !== 'failed' || !session.may('retakeWebhook')) return nothing;
    return html`<button class="small" @click=${() => this.#retake(delivery)}>${t('retake')}</button>`;
  }

  async #retake(delivery: Delivery): Promise<void> {
    const command: Command = {
      title: t('retake'), about: t('retakeAbout'), done: t('retaken'),
      run: (_, key) => answer(api.POST('/operations/webhook-deliveries/{deliveryId}/retake', {
        params: { path: { deliveryId: delivery.id }, header: once(key) },
      })),
    };
    if (await carryOut(command)) await this.#page.refresh();
  }

  #asked(): { bankId?: string; outcome?: string } {
    return { bankId: this.query.get('bankId') ?? undefined, outcome: this.query.get('outcome') ?? undefined };
  }

  readonly #narrow = narrow('webhooks');

  #read(): Promise<Schema['WebhookDeliveriesView']> {
    const { bankId, outcome } = this.#asked();
    const query = { bankId, outcome: outcome as Delivery['outcome'] | undefined, after: this.query.get('after') ?? undefined };
    return answer(api.GET('/operations/webhook-deliveries', { params: { query } }));
  }
}

customElements.define('sc-webhooks', Webhooks);
