import { html, nothing, type PropertyValues } from 'lit';
import { Refused, newKey } from '../api/client';
import { t } from '../words/words';
import { icon } from './icons';
import { Part } from './page';
import { problem } from './show';
import { tell } from './told';

export type Values = Record<string, string>;

export type Field = {
  name: string;
  label: string;
  kind?: 'text' | 'date' | 'number' | 'password' | 'area' | 'choice';
  value?: string;
  hint?: string;
  optional?: boolean;
  pattern?: string;
  choices?: readonly (readonly [value: string, word: string])[];
};

export type Command = {
  title: string;
  /** What it does, for who is about to do it. */
  about?: string;
  fields?: readonly Field[];
  submit?: string;
  /** Whether it takes something away. */
  grave?: boolean;
  /** What is said when it is done. */
  done: string;
  run: (values: Values, key: string) => Promise<unknown>;
};

/**
 * Asks for what a command takes, and sends it: under one key as long as nobody knows whether it arrived, so that sending it again is
 * safe; under a new one once it was refused.
 */
class CommandDialog extends Part {
  static override properties = { command: { attribute: false }, sending: { state: true }, fault: { state: true } };

  declare command: Command;
  declare sending: boolean;
  declare fault: Refused | null;
  #key = newKey();
  #close: (done: boolean) => void = () => undefined;

  constructor() {
    super();
    this.sending = false;
    this.fault = null;
  }

  /** Resolves to whether the command was carried out. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#close = (done) => {
        resolve(done);
        this.remove();
      };
    });
  }

  protected override firstUpdated(_: PropertyValues): void {
    this.querySelector('dialog')!.showModal();
  }

  protected override render(): unknown {
    const { title, about, fields = [], submit, grave } = this.command;
    return html`
      <dialog class="command" aria-labelledby="command-title" @close=${() => this.#close(false)}>
        <form method="dialog" @submit=${this.#submit}>
          <header>
            <h2 id="command-title">${title}</h2>
            <button type="button" class="bare" aria-label=${t('cancel')} @click=${this.#cancel}>${icon('close')}</button>
          </header>
          ${about ? html`<p>${about}</p>` : nothing}
          ${fields.map((field) => this.#field(field))}
          ${this.fault ? problem(this.fault) : nothing}
          <footer>
            <button type="button" @click=${this.#cancel}>${t('cancel')}</button>
            <button type="submit" class=${grave ? 'grave' : 'main'} ?disabled=${this.sending}>${submit ?? title}</button>
          </footer>
        </form>
      </dialog>`;
  }

  #field(field: Field): unknown {
    const id = `command-${field.name}`;
    const hint = field.hint ? `${id}-hint` : nothing;
    const { kind = 'text', value = '' } = field;
    const required = !field.optional;
    const input =
      kind === 'choice'
        ? html`<select id=${id} name=${field.name} ?required=${required} aria-describedby=${hint}>
            ${field.choices!.map(([choice, word]) => html`<option value=${choice} ?selected=${choice === value}>${word}</option>`)}
          </select>`
        : kind === 'area'
          ? html`<textarea id=${id} name=${field.name} rows="3" ?required=${required} aria-describedby=${hint} .value=${value}></textarea>`
          : html`<input id=${id} name=${field.name} type=${kind} ?required=${required} pattern=${field.pattern ?? nothing}
              aria-describedby=${hint} autocomplete="off" spellcheck="false" value=${value}>`;
    return html`
      <div class="field">
        <label for=${id}>${field.label}${field.optional ? html` <small>${t('optional')}</small>` : nothing}</label>
        ${input}
        ${field.hint ? html`<small id=${`${id}-hint`}>${field.hint}</small>` : nothing}
      </div>`;
  }

  readonly #cancel = (): void => this.querySelector('dialog')!.close();

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()]));
    this.sending = true;
    this.fault = null;
    try {
      await this.command.run(values, this.#key);
      tell(this.command.done);
      this.#close(true);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.fault = fault;
      if (fault.status !== 0 && fault.status < 500) this.#key = newKey();
    } finally {
      this.sending = false;
    }
  };
}

customElements.define('sc-command', CommandDialog);

/** Has somebody fill in and send a command; whether it was carried out. */
export function carryOut(command: Command): Promise<boolean> {
  const dialog = document.createElement('sc-command') as CommandDialog;
  dialog.command = command;
  const done = dialog.ask();
  document.body.append(dialog);
  return done;
}
