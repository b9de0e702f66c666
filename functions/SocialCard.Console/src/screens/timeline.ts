import { html, nothing, type TemplateResult } from 'lit';
import type { Schema } from '../api/client';
import { prove, type Proof } from '../chain';
import { icon } from '../parts/icons';
import { badge, empty, panel } from '../parts/show';
import { precise } from '../words/format';
import { nameAmong, nameOf, regionName, t, type Kind } from '../words/words';

type Line = Schema['TimelineEventView'];

const pageSize = 500;

/** How a page of a timeline is read: the lines after one of them. */
type ReadPage = (query: { after: number; limit: number }) => Promise<Schema['TimelineView']>;

/** A timeline, read on from where it was read to, and what its hashes prove. */
export class Timeline {
  lines: readonly Line[] = [];
  proof: Proof | null = null;

  constructor(private readonly readPage: ReadPage) {}

  async read(): Promise<void> {
    let lines = [...this.lines];
    let next: number | null = lines.at(-1)?.sequence ?? 0;
    let head = '';
    while (next !== null) {
      const page: Schema['TimelineView'] = await this.readPage({ after: next, limit: pageSize });
      lines = lines.concat(page.events);
      next = page.next;
      head = page.head;
    }

    if (this.proof && lines.length === this.lines.length && head === lines.at(-1)?.hash) return;
    this.proof = await prove(lines, head);
    this.lines = lines;
  }
}

export function timelinePanel(timeline: Timeline): TemplateResult {
  return panel(t('timeline'), timeline.lines.length === 0 ? empty(t('noEvents')) : html`
    <ol class="timeline" reversed>
      ${[...timeline.lines].reverse().map((line) => drawn(line, timeline.proof))}
    </ol>`, proofBadge(timeline));
}

function proofBadge(timeline: Timeline): unknown {
  const { proof, lines } = timeline;
  if (!proof) return nothing;
  return proof.whole
    ? html`<span class="proof good" title=${t('chainWholeAbout')}>${icon('check')}${t('chainWhole', { n: lines.length })}</span>`
    : html`<span class="proof bad" role="alert">${icon('broken')}${t('chainBroken', { n: proof.brokenAt ?? 0 })}</span>`;
}

function drawn(line: Line, proof: Proof | null): TemplateResult {
  const broken = proof !== null && !proof.whole && line.sequence >= (proof.brokenAt ?? 0);
  return html`
    <li class=${broken ? 'broken' : ''} value=${line.sequence}>
      <div class="line">
        <strong>${nameOf('event', line.type)}</strong>
        <time datetime=${line.at}>${precise(line.at)}</time>
        <span class="by">${line.by === 'system' ? badge(t('bySystem')) : line.by}</span>
        <code class="hash" title=${`SHA-256 ${line.hash}`}>${line.hash.slice(0, 10)}</code>
      </div>
      ${details(line.details)}
    </li>`;
}

function details(value: unknown): unknown {
  const pairs = toldPairs(value);
  if (pairs.length === 0) return nothing;
  return html`
    <p class="details">
      ${pairs.map(([name, told]) => html`<span><i>${nameOf('detail', name)}</i> ${shown(name, told)}</span>`)}
    </p>`;
}

function toldPairs(value: unknown): [string, unknown][] {
  return Object.entries((value ?? {}) as Record<string, unknown>).filter(([, told]) => told !== null && told !== false);
}

/** What the values of some details are called: of the first kind that has a word for one. */
const valuesOf: Record<string, readonly Kind[]> = {
  reason: ['stateReason', 'lossReason', 'reissueReason', 'problem'], code: ['problem'], channel: ['channel', 'detailValue'],
  kind: ['lossKind', 'passwordKind', 'escalation', 'detailValue'], kinds: ['passwordKind'], scope: ['lossScope'], state: ['lossState'],
  application: ['lossScope'], applications: ['lossScope'], service: ['service'], occasion: ['occasion'], operation: ['passwordOperation'],
  delivery: ['delivery'], cause: ['detailValue'], end: ['detailValue'], onEnd: ['ruleValue'], ending: ['ruleValue'],
  relation: ['ruleValue'], agent: ['ruleValue'], eventType: ['bankEvent'], topics: ['inquiryTopic'],
};
const regions = ['regionCode', 'fromRegion', 'toRegion'];

function shown(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => shown(name, one)).join(t('listComma'));
  if (typeof value === 'object') {
    return toldPairs(value).map(([inner, told]) => `${nameOf('detail', inner)} ${shown(inner, told)}`).join(' · ');
  }

  if (value === true) return t('yes');
  if (typeof value !== 'string') return String(value);
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return precise(value);
  return regions.includes(name) ? `${regionName(value)} ${value}` : nameAmong(valuesOf[name] ?? [], value);
}
