import { html, nothing } from 'lit';
import { Part } from './page';

const shownMilliseconds = 6000;

/** What was just done, said at the foot of the page, and to those who listen to it. */
class Told extends Part {
  static override properties = { text: { state: true } };

  declare text: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
  }

  say(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = ''), shownMilliseconds);
  }

  protected override render(): unknown {
    return html`<div role="status" class="told">${this.text ? html`<p>${this.text}</p>` : nothing}</div>`;
  }
}

customElements.define('sc-told', Told);

export function tell(text: string): void {
  document.querySelector<Told>('sc-told')?.say(text);
}
