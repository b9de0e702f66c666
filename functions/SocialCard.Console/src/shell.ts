import { html, nothing, type PropertyValues } from 'lit';
import { clock } from './api/clock';
import { Refused } from './api/client';
import { icon } from './parts/icons';
import { Part } from './parts/page';
import './parts/told';
import { linkTo, placeNow, type Place } from './router';
import { groups, type ScreenPlace } from './screens/screens';
import { session } from './session';
import './sign-in';
import { moment } from './words/format';
import { nameOf, regionName, t, wording } from './words/words';

const clockEverySeconds = 10;

/** The frame of the page: the menu, who is signed in, what time it is at the service, and one screen. */
class Shell extends Part {
  static override properties = { place: { state: true }, opened: { state: true }, menu: { state: true } };

  declare place: Place;
  declare opened: HTMLElement | null;
  declare menu: boolean;

  constructor() {
    super();
    this.place = placeNow();
    this.opened = null;
    this.menu = false;
    wording.choose('zh');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', () => this.#go());
    session.addEventListener('change', () => {
      if (session.caller && !this.opened) this.#go();
      if (!session.caller) this.#leave();
    });
    void this.#readClock();
    setInterval(() => void this.#readClock(), clockEverySeconds * 1000);
  }

  get #screens(): ScreenPlace[] {
    return groups.flatMap((group) => group.screens).filter((screen) => this.#isOpen(screen));
  }

  protected override render(): unknown {
    if (!session.caller) return html`<sc-sign-in></sc-sign-in>`;
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>${t('skip')}</a>
      ${this.#bar(session.caller)}
      <nav class=${this.menu ? 'open' : ''} id="menu" aria-label=${t('menu')}>
        ${groups.map((group) => this.#group(group.word, group.screens))}
        <p class="about"><a href="/api/v1/docs" target="_blank" rel="noreferrer">${t('apiDescription')}</a></p>
      </nav>
      <main id="content">${this.opened ?? nothing}</main>
      <sc-told></sc-told>
      ${this.#ending()}`;
  }

  protected override updated(_: PropertyValues): void {
    const screen = this.#screens.find((candidate) => candidate.name === this.place.screen);
    document.title = session.caller && screen ? `${t(screen.word)} · ${t('title')}` : t('title');
  }

  #bar(caller: NonNullable<typeof session.caller>): unknown {
    return html`
      <header class="bar">
        <button class="bare menu" aria-label=${t('menu')} aria-expanded=${this.menu} aria-controls="menu"
          @click=${() => (this.menu = !this.menu)}>${icon('menu')}</button>
        <a class="brand" href=${linkTo('find')}><span class="mark" aria-hidden="true"></span>${t('title')}</a>
        <span class="clock" title=${t('serviceTime')}>
          ${icon('clock')}<time>${moment(clock.now())}</time>${clock.address ? html`<em>${t('virtual')}</em>` : nothing}
        </span>
        <span class="caller">
          <strong>${caller.partnerId}</strong>
          <small>${nameOf('role', caller.role)} · ${regionName(caller.regionCode)}</small>
        </span>
        <button class="bare language" lang=${wording.language === 'zh' ? 'en' : 'zh-CN'} @click=${this.#otherLanguage}>
          ${wording.language === 'zh' ? 'English' : '中文'}
        </button>
        <button class="bare" @click=${() => session.end()}>${icon('out')}<span class="word">${t('signOut')}</span></button>
      </header>`;
  }

  #group(word: (typeof groups)[number]['word'], screens: readonly ScreenPlace[]): unknown {
    const shown = screens.filter((screen) => !screen.hidden && this.#isOpen(screen));
    if (shown.length === 0) return nothing;
    return html`
      <h2>${t(word)}</h2>
      <ul>
        ${shown.map((screen) => {
          const here = screen.name === this.place.screen || (screen.name === 'find' && this.place.screen === 'card');
          return html`
            <li><a href=${linkTo(screen.name)} aria-current=${here ? 'page' : nothing}>${icon(screen.icon)}${t(screen.word)}</a></li>`;
        })}
      </ul>`;
  }

  #ending(): unknown {
    const left = session.endsIn;
    return left === null ? nothing : html`
      <div class="ending" role="alert">${t('sessionEnds', { span: Math.ceil(left / 1000) })} <button>${t('stay')}</button></div>`;
  }

  #isOpen(screen: ScreenPlace): boolean {
    return (screen.needs === null || session.may(screen.needs)) && (!screen.movableClock || clock.address !== null);
  }

  async #go(): Promise<void> {
    this.menu = false;
    const place = placeNow();
    const first = this.#screens.find((candidate) => !candidate.hidden);
    const screen = this.#screens.find((candidate) => candidate.name === place.screen) ?? first;
    if (!session.caller || !screen) return;
    if (screen.name !== place.screen) {
      location.replace(linkTo(screen.name));
      return;
    }

    await screen.load();
    // The same screen about something else is a new one: nothing of what was shown may stay.
    const element = Object.assign(document.createElement(`sc-${screen.name}`), { about: place.about, query: place.query });
    this.place = place;
    this.opened = element;
    await this.updateComplete;
    await (element as Partial<Part>).updateComplete;
    element.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  #leave(): void {
    this.opened = null;
    // Who came in through what stands in front of the service leaves there too, or the next one at this desk would be him.
    if (session.hasEnded && session.cameThroughFront) location.assign('/.auth/logout?post_logout_redirect_uri=/console/');
  }

  async #readClock(): Promise<void> {
    try {
      await clock.read();
    } catch (fault) {
      // The screens say that the service cannot be reached; the time goes on from what was read last.
      if (!(fault instanceof Refused)) throw fault;
    }
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('main h1')?.focus();
  };

  readonly #otherLanguage = (): void => wording.choose(wording.language === 'zh' ? 'en' : 'zh');
}

customElements.define('sc-console', Shell);
