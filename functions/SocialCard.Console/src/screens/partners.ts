import { html, nothing } from 'lit';
import { answer, api, once, type Schema } from '../api/client';
import { Live } from '../api/live';
import { carryOut, type Command } from '../parts/command';
import { Screen } from '../parts/page';
import { badge, due, heading, live, region, table, type Column } from '../parts/show';
import { session } from '../session';
import { nameOf, t } from '../words/words';

type Partner = Schema['PartnerView'];

const rereadSeconds = 15;
const secretBytes = 32;

/** Who calls, and the secrets of banks' webhooks: changed over, and the change brought to its end. */
class Partners extends Screen {
  readonly #partners = new Live(this, () => this.#read(), rereadSeconds);

  protected override render(): unknown {
    return html`
      ${heading(t('partners'), t('partnersAbout'))}
      <section class="panel">
        ${live(this.#partners, (partners) => table(t('partners'), this.#columns(), partners, t('noPartners')))}
      </section>`;
  }

  #columns(): Column<Partner>[] {
    return [
      { head: t('partner'), cell: (partner) => html`<strong>${partner.id}</strong>`, kind: 'tight' },
      { head: t('role'), cell: (partner) => nameOf('role', partner.role) },
      { head: t('regionWord'), cell: (partner) => region(partner.regionCode) },
      { head: t('services'), cell: (partner) => partner.services.map((service) => nameOf('service', service)).join(t('listComma')) || '—' },
      { head: t('secrets'), cell: (partner) => this.#secrets(partner) },
      { head: '', cell: (partner) => this.#actions(partner), kind: 'tight' },
    ];
  }

  #secrets({ webhookSecrets }: Partner): unknown {
    if (webhookSecrets.length === 0) return '—';
    return html`<ul class="plain">${webhookSecrets.map((secret) => html`
      <li>${secret.validUntil
        ? html`${badge(t('secretOld'), 'wait')} ${due(secret.validUntil)}`
        : badge(t('secretNow'), 'good')}</li>`)}</ul>`;
  }

  #actions(partner: Partner): unknown {
    if (partner.webhookSecrets.length === 0) return nothing;
    return html`<div class="actions">
      ${session.may('rotateWebhookSecret')
        ? html`<button class="small" @click=${() => this.#carryOut(this.#rotate(partner))}>${t('rotate')}</button>` : nothing}
      ${session.may('endSecretOverlap') && partner.webhookSecrets.some((secret) => secret.validUntil)
        ? html`<button class="small" @click=${() => this.#carryOut(this.#end(partner))}>${t('endOverlap')}</button>` : nothing}
    </div>`;
  }

  #rotate(partner: Partner): Command {
    const made = `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(secretBytes))))}`;
    return {
      title: t('rotate'), about: t('rotateAbout', { partner: partner.id }), done: t('rotated'),
      fields: [
        { name: 'secret', label: t('secret'), value: made, hint: t('secretMade') },
        { name: 'overlapHours', label: t('overlapHours'), kind: 'number', value: '24' },
      ],
      run: (values, key) => answer(api.POST('/partners/{partnerId}/webhook-secrets', {
        params: { path: { partnerId: partner.id }, header: once(key) },
        body: { secret: values.secret!, overlapHours: Number(values.overlapHours) },
      })),
    };
  }

  #end(partner: Partner): Command {
    return {
      title: t('endOverlap'), about: t('endOverlapAbout', { partner: partner.id }), done: t('overlapEnded'), grave: true,
      run: (_, key) => answer(api.POST('/operations/partners/{partnerId}/webhook-secrets/overlap-end', {
        params: { path: { partnerId: partner.id }, header: once(key) },
      })),
    };
  }

  async #carryOut(command: Command): Promise<void> {
    if (await carryOut(command)) await this.#partners.refresh();
  }

  async #read(): Promise<Partner[]> {
    const partners: Partner[] = [];
    let after: string | undefined;
    do {
      const page: Schema['PartnersView'] = await answer(api.GET('/operations/partners', { params: { query: { after } } }));
      partners.push(...page.items);
      after = page.next ?? undefined;
    } while (after);
    return partners;
  }
}

customElements.define('sc-partners', Partners);
