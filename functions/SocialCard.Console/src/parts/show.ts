import { html, nothing, type TemplateResult } from 'lit';
import type { Live } from '../api/live';
import type { Refused, Schema } from '../api/client';
import { clock } from '../api/clock';
import { linkTo } from '../router';
import { left, moment } from '../words/format';
import { isNamed, nameOf, regionName, t } from '../words/words';

export type Drawn = TemplateResult | typeof nothing | string;

/** How a state is coloured; the word beside the colour says the same. */
export type Tone = 'good' | 'wait' | 'bad' | 'over' | 'plain';

const tones: Record<string, Tone> = {
  active: 'good', effective: 'good', taken: 'good', completed: 'good', registered: 'good', alive: 'good', ready: 'good', received: 'good',
  closed: 'over', released: 'over', cancelled: 'over', superseded: 'over', terminated: 'over', lapsed: 'over', formalized: 'over',
  deceased: 'over', dropped: 'over', returned: 'over',
  issued: 'plain', sealed: 'plain', inactive: 'plain', running: 'plain',
  awaitingActivation: 'wait', pending: 'wait', waiting: 'wait', open: 'wait', inProduction: 'wait',
  awaitingPayment: 'wait', underReview: 'wait',
  suspended: 'bad', failed: 'bad', refused: 'bad',
};

export function toneOf(state: string): Tone {
  return tones[state] ?? 'plain';
}

/** A state as a word on its colour. */
export function badge(word: string, tone: Tone = 'plain'): TemplateResult {
  return html`<span class="badge ${tone}">${word}</span>`;
}

/** A card's number as a link to it. */
export function cardLink(number: string | null | undefined): Drawn {
  return number ? html`<a class="number" href=${linkTo('card', number)}>${number}</a>` : '—';
}

export function region(code: string): TemplateResult {
  return html`<span class="region">${regionName(code)} <small>${code}</small></span>`;
}

/** An instant, with what is left until it. */
export function due(instant: string | null | undefined): Drawn {
  if (!instant) return '—';
  const until = Date.parse(instant) - clock.now();
  const tone = until < 0 ? 'late' : until < 3 * 86_400_000 ? 'soon' : '';
  return html`<span class="due ${tone}"><time datetime=${instant}>${moment(instant)}</time> <small>${left(instant)}</small></span>`;
}

export function time(instant: string | null | undefined): Drawn {
  return instant ? html`<time datetime=${instant}>${moment(instant)}</time>` : '—';
}

/** What a workflow is called, as a link to it. */
export function workflowLink({ instanceId, kind }: { instanceId: string; kind: Schema['WorkflowKind'] }): TemplateResult {
  return html`<a href=${linkTo('workflows', instanceId)}>${nameOf('workflow', kind)}</a>`;
}

/** What a workflow or an escalation is about. */
export function subject(of: { kind: Schema['SubjectKind']; key: string }): TemplateResult {
  return of.kind === 'card' ? html`${cardLink(of.key)}`
    : html`${nameOf('subject', of.kind)} <span class="number short" title=${of.key}>${of.key}</span>`;
}

/** Why something did not go. */
export function problem(fault: Refused): TemplateResult {
  const fields = Object.entries(fault.errors);
  return html`
    <div class="problem" role="alert">
      <strong>${isNamed('problem', fault.code) ? nameOf('problem', fault.code) : t('refused')}</strong>
      ${fault.detail ? html`<span lang="en">${fault.detail}</span>` : nothing}
      ${fields.length ? html`
        <ul>${fields.map(([name, texts]) => html`<li lang="en"><code>${name}</code> ${texts.join(' ')}</li>`)}</ul>` : nothing}
      <code>${fault.code}</code>
    </div>`;
}

/** A part that is read from the service: what it shows, or that it is on its way, or why it does not come. */
export function live<T>(source: Live<T>, draw: (value: T) => unknown): unknown {
  if (source.value !== undefined) return html`${source.fault ? problem(source.fault) : nothing}${draw(source.value)}`;
  if (source.fault) return problem(source.fault);
  return source.loading ? html`<p class="quiet" role="status">${t('loading')}</p>` : nothing;
}

export function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

export type Column<T> = { head: string; cell: (item: T) => unknown; kind?: 'number' | 'tight' | 'wide' | 'name' };

/** A table; narrow screens scroll it, and the keyboard can. */
export function table<T>(label: string, columns: Column<T>[], rows: readonly T[], none: string): TemplateResult {
  if (rows.length === 0) return empty(none);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${label}>
      <table>
        <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.kind ?? ''}>${column.head}</th>`)}</tr></thead>
        <tbody>
          ${rows.map((row) => html`<tr>${columns.map((column) => html`<td class=${column.kind ?? ''}>${column.cell(row)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
}

/** Facts as pairs of a word and a value. */
export function facts(pairs: readonly (readonly [string, unknown] | null)[]): TemplateResult {
  return html`<dl class="facts">${pairs.map((pair) => (pair ? html`<div><dt>${pair[0]}</dt><dd>${pair[1]}</dd></div>` : nothing))}</dl>`;
}

/** A framed part of a screen under its own heading. */
export function panel(heading: string, content: unknown, aside: unknown = nothing): TemplateResult {
  return html`<section class="panel"><header><h2>${heading}</h2>${aside}</header>${content}</section>`;
}

/** A screen's heading: its name, what it is for, and what can be done there. */
export function heading(title: string, purpose = '', actions: unknown = nothing): TemplateResult {
  return html`
    <header class="heading">
      <div><h1 tabindex="-1">${title}</h1>${purpose ? html`<p>${purpose}</p>` : nothing}</div>
      <div class="actions">${actions}</div>
    </header>`;
}
