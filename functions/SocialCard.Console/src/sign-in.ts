import { html, nothing } from 'lit';
import { Refused, answer, api } from './api/client';
import { clock } from './api/clock';
import { Part } from './parts/page';
import { problem } from './parts/show';
import { idleLimitMinutes, session } from './session';
import { t, wording } from './words/words';

/** Signing in with a partner's key, which is kept in the memory of the page alone. */
class SignIn extends Part {
  static override properties = { fault: { state: true }, asking: { state: true } };

  declare fault: Refused | null;
  declare asking: boolean;

  constructor() {
    super();
    this.fault = null;
    this.asking = false;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
    // Whoever has signed in to what stands in front of the service needs no key; but whoever left does not come in again by himself.
    clock.addEventListener('change', () => void this.#enter(), { once: true });
  }

  protected override render(): unknown {
    return html`
      <main class="sign-in">
        <form @submit=${this.#submit}>
          <span class="mark" aria-hidden="true"></span>
          <h1>${t('title')}</h1>
          <p>${t('signInAbout')}</p>
          ${session.expired ? html`<p class="notice" role="status">${t('sessionExpired', { n: idleLimitMinutes })}</p>` : nothing}
          ${clock.appServiceSignIn ? html`
            <a class="button main" href="/.auth/login/aad?post_login_redirect_uri=/console/">${t('signInHere')}</a>
            <p>${t('signInOr')}</p>` : nothing}
          <div class="field">
            <label for="key">${t('apiKey')}</label>
            <input id="key" name="key" type="password" required autocomplete="off" spellcheck="false" aria-describedby="key-hint">
            <small id="key-hint">${clock.address ? t('apiKeyTrial') : t('apiKeyHint', { n: idleLimitMinutes })}</small>
          </div>
          ${this.fault ? problem(this.fault) : nothing}
          <button class="main" ?disabled=${this.asking}>${t('signIn')}</button>
          <button type="button" class="bare" lang=${wording.language === 'zh' ? 'en' : 'zh-CN'}
            @click=${() => wording.choose(wording.language === 'zh' ? 'en' : 'zh')}>${wording.language === 'zh' ? 'English' : '中文'}</button>
        </form>
      </main>`;
  }

  async #enter(): Promise<void> {
    if (!clock.appServiceSignIn || session.caller || session.hasEnded) return;
    try {
      session.begin(null, await answer(api.GET('/session')));
    } catch (fault) {
      // He has not signed in there yet, or acts for no partner: the page offers both ways.
      if (!(fault instanceof Refused)) throw fault;
    }
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const key = String(new FormData(event.target as HTMLFormElement).get('key')).trim();
    this.asking = true;
    this.fault = null;
    try {
      const caller = await answer(api.GET('/session', { headers: { Authorization: `Bearer ${key}` } }));
      await clock.read();
      session.begin(key, caller);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.fault = fault;
    } finally {
      this.asking = false;
    }
  };
}

customElements.define('sc-sign-in', SignIn);
