import { html, nothing } from 'lit';
import { Refused, answer, api, once, type Schema } from '../api/client';
import { carryOut } from '../parts/command';
import { Screen } from '../parts/page';
import { badge, cardLink, empty, heading, panel, problem, region, table, toneOf } from '../parts/show';
import { goTo } from '../router';
import { session } from '../session';
import { nameOf, t } from '../words/words';

const cardNumber = /^[0-9A-Z]{9}$/;

/** Finds a card by its number, or a person by the number of his document. */
class Find extends Screen {
  static override properties = { ...Screen.properties, found: { state: true }, fault: { state: true } };

  declare found: Schema['FoundHolderView'][] | null;
  declare fault: Refused | null;

  constructor() {
    super();
    this.found = null;
    this.fault = null;
  }

  protected override render(): unknown {
    const register = session.may('registerCard')
      ? html`<button class="main" @click=${this.#register}>${t('registerCard')}</button>` : nothing;
    return html`
      ${heading(t('find'), t('findAbout'), register)}
      <div class="pair">
        ${panel(t('findByCard'), html`
          <form class="line" @submit=${this.#byNumber}>
            <div class="field grow">
              <label for="number">${t('cardNumber')}</label>
              <input id="number" name="number" class="number" required pattern="\\s*[0-9A-Za-z]{9}\\s*" maxlength="12" autocomplete="off"
                spellcheck="false" title=${t('cardNumberForm')}>
            </div>
            <button class="main">${t('open')}</button>
          </form>`)}
        ${session.may('searchHolders') ? this.#people() : nothing}
      </div>
      ${this.fault ? problem(this.fault) : nothing}
      ${this.found?.length === 0 ? empty(t('nobodyFound')) : nothing}
      ${this.found?.map((holder) => this.#holder(holder))}`;
  }

  #people(): unknown {
    return panel(t('findByPerson'), html`
      <form class="line" @submit=${this.#byPerson}>
        <div class="field grow">
          <label for="id-number">${t('idNumber')}</label>
          <input id="id-number" name="idNumber" class="number" required minlength="15" maxlength="18" autocomplete="off" spellcheck="false">
        </div>
        <div class="field">
          <label for="name">${t('name')} <small>${t('optional')}</small></label>
          <input id="name" name="name" maxlength="50" autocomplete="off">
        </div>
        <button>${t('search')}</button>
      </form>`);
  }

  #holder(found: Schema['FoundHolderView']): unknown {
    const { holder } = found;
    return panel(
      `${holder.name} · ${holder.document.number}`,
      html`
        <p class="chips">
          ${badge(nameOf('holderStatus', found.status), toneOf(found.status))}
          ${found.household ? region(found.household) : nothing}
          ${holder.mobile ? html`<span class="number">${holder.mobile}</span>` : nothing}
          ${found.next.map((step) => html`<span class="badge plain">${nameOf('nextStep', step)}</span>`)}
        </p>
        ${table(
          t('cardsOf', { name: holder.name }),
          [
            { head: t('cardNumber'), cell: (card) => cardLink(card.cardNumber), kind: 'tight' },
            { head: t('status'), cell: (card) => badge(nameOf('cardStatus', card.status), toneOf(card.status)), kind: 'tight' },
            { head: t('regionWord'), cell: (card) => region(card.regionCode) },
            { head: t('bank'), cell: (card) => card.bankId },
            {
              head: t('nextSteps'), kind: 'wide',
              cell: (card) => card.next.map((step) => nameOf('nextStep', step)).join(t('listComma')) || '—',
            },
          ],
          found.cards,
          t('noCards'),
        )}`,
    );
  }

  readonly #byNumber = (event: SubmitEvent): void => {
    event.preventDefault();
    const number = String(new FormData(event.target as HTMLFormElement).get('number')).trim().toUpperCase();
    if (cardNumber.test(number)) goTo('card', number);
  };

  readonly #byPerson = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const name = String(form.get('name')).trim();
    const body = { idNumber: String(form.get('idNumber')).trim().toUpperCase(), name: name || null };
    this.fault = null;
    try {
      this.found = (await answer(api.POST('/holders/search', { body }))).holders;
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.found = null;
      this.fault = fault;
    }
  };

  readonly #register = async (): Promise<void> => {
    const own = session.caller!.regionCode;
    let number = '';
    const done = await carryOut({
      title: t('registerCard'),
      about: t('registerAbout'),
      done: t('registered'),
      fields: [
        { name: 'cardNumber', label: t('cardNumber'), pattern: '[0-9A-Za-z]{9}', hint: t('cardNumberForm') },
        { name: 'idNumber', label: t('idNumber') },
        { name: 'name', label: t('name') },
        { name: 'mobile', label: t('mobile'), optional: true },
        { name: 'regionCode', label: t('regionWord'), value: own === '000000' ? '' : own, pattern: '[0-9]{6}', hint: t('regionForm') },
        { name: 'bankId', label: t('bank'), value: 'bank-icbc' },
        { name: 'generation', label: t('generation'), kind: 'choice', value: '3', choices: [['3', '3'], ['2', '2'], ['1', '1']] },
      ],
      run: async (values, key) => {
        number = values.cardNumber!.toUpperCase();
        await answer(api.POST('/cards', {
          params: { header: once(key) },
          body: {
            cardNumber: number,
            holder: { idNumber: values.idNumber!, name: values.name!, mobile: values.mobile || null },
            regionCode: values.regionCode!,
            bankId: values.bankId!,
            generation: Number(values.generation),
          },
        }));
      },
    });
    if (done) goTo('card', number);
  };
}

customElements.define('sc-find', Find);
