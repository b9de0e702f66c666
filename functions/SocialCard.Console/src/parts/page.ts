import { LitElement } from 'lit';
import { clock } from '../api/clock';
import { session } from '../session';
import { wording } from '../words/words';

/**
 * What every part of the page is: drawn into the page itself, by its one style sheet, and drawn again when the language, the session or
 * the service's clock changes.
 */
export abstract class Part extends LitElement {
  static readonly #sources: EventTarget[] = [wording, session, clock];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const source of Part.#sources) source.addEventListener('change', this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const source of Part.#sources) source.removeEventListener('change', this.#draw);
  }

  readonly #draw = (): void => this.requestUpdate();
}

/** A screen: it is told what it is about. */
export abstract class Screen extends Part {
  static override properties = { about: { type: String }, query: { attribute: false } };

  declare about: string;
  declare query: URLSearchParams;

  constructor() {
    super();
    this.about = '';
    this.query = new URLSearchParams();
  }
}
