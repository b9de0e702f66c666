import { html, nothing } from 'lit';
import { api, type Schema } from '../api/client';
import { clock } from '../api/clock';
import { Screen } from '../parts/page';
import { icon } from '../parts/icons';
import { empty, facts, heading, panel } from '../parts/show';
import { names } from '../words/glossary';
import { nameOf, t } from '../words/words';
import { keyOf, sign, signedText, toleranceSeconds, verify } from '../webhook';

type EventType = Schema['BankEvent']['type'];
type Fault = 'none' | 'forged' | 'stale' | 'changed';

/** A webhook that was sent: what the bank made, and what the service said. */
type Sent = {
  id: string;
  timestamp: string;
  signature: string;
  signed: string;
  body: string;
  bankId: string;
  status: number;
  answer: string;
  took: number;
  fits: boolean;
  inTime: boolean;
};

const data: Record<EventType, (card: string) => Record<string, unknown>> = {
  'card.financial.activated': (cardNumber) => ({ cardNumber }),
  'card.delivered': (cardNumber) => ({ cardNumber }),
  'card.loss.reported': (cardNumber) => ({ cardNumber, reportedAt: now(), kind: 'formal' }),
  'card.loss.released': (cardNumber) => ({ cardNumber, releasedAt: now() }),
  'card.password.changed': (cardNumber) => ({ cardNumber, changedAt: now() }),
  'card.fee.paid': (cardNumber) => ({ cardNumber, reissueId: '', amountYuan: 20 }),
  'card.produced': (newCardNumber) => ({ reissueId: '', newCardNumber }),
  'card.production.failed': () => ({ reissueId: '' }),
};

function now(): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Where somebody who connects a bank signs a webhook, sends it, and sees what each side makes of it. */
class Integrate extends Screen {
  static override properties = {
    ...Screen.properties, type: { state: true }, card: { state: true }, sent: { state: true }, complaint: { state: true },
  };

  declare type: EventType;
  declare card: string;
  declare sent: Sent | null;
  declare complaint: string | null;

  constructor() {
    super();
    this.type = 'card.financial.activated';
    this.card = 'A00000001';
    this.sent = null;
    this.complaint = null;
  }

  protected override render(): unknown {
    return html`
      ${heading(t('integrate'), t('integrateAbout'))}
      <div class="pair">
        ${panel(t('webhookSender'), this.#form())}
        ${panel(t('webhookReceiver'), this.sent ? this.#both(this.sent) : empty(t('notSent')))}
      </div>`;
  }

  #form(): unknown {
    return html`
      <form class="panel-form" @submit=${(event: SubmitEvent) => this.#send(event)}>
        <div class="line">
          <div class="field grow">
            <label for="bank">${t('bankId')}</label>
            <input id="bank" name="bank" required value="bank-icbc" autocomplete="off">
          </div>
          <div class="field grow">
            <label for="card">${t('cardNumber')}</label>
            <input id="card" class="number" .value=${this.card} autocomplete="off"
              @change=${(event: Event) => (this.card = valueOf(event).toUpperCase())}>
          </div>
        </div>
        <div class="field">
          <label for="secret">${t('secret')}</label>
          <input id="secret" name="secret" class="number" type="password" required autocomplete="off" spellcheck="false"
            aria-describedby="secret-hint">
          <small id="secret-hint">${t('secretHint')}</small>
        </div>
        <div class="line">
          <div class="field grow">
            <label for="type">${t('eventType')}</label>
            <select id="type" name="type" @change=${(event: Event) => (this.type = valueOf(event) as EventType)}>
              ${Object.keys(names.bankEvent).map((type) => html`
                <option value=${type} ?selected=${type === this.type}>${type} · ${nameOf('bankEvent', type)}</option>`)}
            </select>
          </div>
          <div class="field">
            <label for="fault">${t('fault')}</label>
            <select id="fault" name="fault">
              <option value="none">${t('faultNone')}</option><option value="forged">${t('faultForged')}</option>
              <option value="stale">${t('faultStale')}</option><option value="changed">${t('faultChanged')}</option>
            </select>
          </div>
        </div>
        <div class="field">
          <label for="data">${t('body')} <small>data</small></label>
          <textarea id="data" name="data" class="number" rows="6" required spellcheck="false"
            .value=${JSON.stringify(data[this.type](this.card), null, 2)}></textarea>
        </div>
        ${this.complaint ? html`<p class="problem" role="alert">${this.complaint}</p>` : nothing}
        <div class="actions">
          <button class="main" name="id" value="">${t('send')}</button>
          ${this.sent ? html`<button name="id" value=${this.sent.id}>${t('sendAgain')}</button>` : nothing}
        </div>
      </form>`;
  }

  #both(sent: Sent): unknown {
    const mark = (good: boolean, word: string): unknown =>
      html`<li class=${good ? 'good' : 'bad'}>${icon(good ? 'check' : 'broken')}${word}</li>`;
    return html`
      <div class="sent" role="status">
        <h3>${t('answerGot')}</h3>
        <p>
          <strong class=${sent.status < 300 ? 'answer good' : 'answer bad'}>${sent.status}</strong>
          <small>${t('milliseconds', { n: sent.took })}</small>
        </p>
        ${sent.answer ? html`<pre lang="en">${sent.answer}</pre>` : nothing}
        <h3>${t('verifyHere')}</h3>
        <ul class="checks">
          ${mark(sent.fits, t(sent.fits ? 'verifyGood' : 'verifyBad'))}
          ${mark(sent.inTime, t(sent.inTime ? 'verifyTimeGood' : 'verifyTimeBad'))}
        </ul>
        <h3>${t('headersSent')}</h3>
        ${facts([
          ['webhook-id', html`<code>${sent.id}</code>`],
          ['webhook-timestamp', html`<code>${sent.timestamp}</code>`],
          ['webhook-signature', html`<code>${sent.signature}</code>`],
        ])}
        <h3>${t('signedText')}</h3>
        <pre>${sent.signed}</pre>
      </div>`;
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const [secret, fault] = [String(form.get('secret')).trim(), form.get('fault') as Fault];
    const key = await keyOf(secret);
    this.complaint = key ? null : t('secretBad');
    if (!key) return;
    let told: unknown;
    try {
      told = JSON.parse(String(form.get('data')));
    } catch {
      this.complaint = t('bodyBad');
      return;
    }

    const seconds = Math.floor(clock.now() / 1000) - (fault === 'stale' ? 2 * toleranceSeconds : 0);
    const again = (event.submitter as HTMLButtonElement | null)?.value;
    const id = again || `msg_${crypto.randomUUID().replaceAll('-', '')}`;
    const timestamp = String(seconds);
    const written = JSON.stringify({ type: this.type, timestamp: now(), data: told });
    const signed = signedText(id, timestamp, written);
    const signingKey = fault === 'forged' ? (await keyOf('whsec_' + btoa(crypto.randomUUID())))! : key;
    const signature = await sign(signingKey, signed);
    const body = fault === 'changed' ? written.replace('{"type"', '{ "type"') : written;
    const bankId = String(form.get('bank')).trim();
    const begin = performance.now();
    const { response, error } = await api.POST('/webhooks/banks/{bankId}', {
      params: { path: { bankId }, header: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } },
      body: JSON.parse(written) as Schema['BankEvent'],
      // Byte for byte what was signed, unless somebody wants to see what comes of the other.
      bodySerializer: () => body,
    });
    this.sent = {
      id, timestamp, signature, signed, body, bankId,
      status: response.status,
      answer: error ? JSON.stringify(error, null, 2) : '',
      took: Math.round(performance.now() - begin),
      fits: await verify(key, signedText(id, timestamp, body), signature),
      inTime: Math.abs(clock.now() / 1000 - seconds) <= toleranceSeconds,
    };
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

customElements.define('sc-integrate', Integrate);
