import { html, nothing, type TemplateResult } from 'lit';
import { goTo, linkTo } from '../router';
import type { names } from '../words/glossary';
import { nameOf, t } from '../words/words';

type Named = keyof typeof names;
type Asked = Record<string, string | undefined>;

/** What a select offers: values of the API by their names, and perhaps all of them. */
export function options(kind: Named, values: readonly string[], chosen: string | null | undefined, all = false): unknown {
  return html`
    ${all ? html`<option value="">${t('all')}</option>` : nothing}
    ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${nameOf(kind, value)}</option>`)}`;
}

/** One of several lists of a screen, chosen by a value of the API. */
export function tabs(
  screen: string, label: string, parameter: string, kind: Named, values: readonly string[], chosen: string, about = '',
): TemplateResult {
  return html`
    <nav class="tabs" aria-label=${label}>
      ${values.map((value) => html`
        <a href=${linkTo(screen, about, { [parameter]: value })}
          aria-current=${value === chosen ? 'page' : nothing}>${nameOf(kind, value)}</a>`)}
    </nav>`;
}

/** The way to the pages before and behind the one that is shown. */
export function pages(screen: string, query: URLSearchParams, asked: Asked, next: string | null): TemplateResult {
  return html`
    <div class="pages">
      ${query.get('after') ? html`<button @click=${() => history.back()}>${t('pageBefore')}</button>` : nothing}
      ${next ? html`<button @click=${() => goTo(screen, '', { ...asked, after: next })}>${t('pageNext')}</button>` : nothing}
    </div>`;
}

/** Narrows a list by what stands in a form. */
export function narrow(screen: string): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    goTo(screen, '', Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()])));
  };
}
