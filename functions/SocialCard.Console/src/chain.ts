import type { Schema } from './api/client';

type Line = Schema['TimelineEventView'];

/** What the lines of a timeline prove: that they are whole, or where they are not. */
export type Proof = { whole: boolean; brokenAt: number | null };

const genesis = '0'.repeat(64);
const decimalsOfSecond = 7;

/** The hash of a line, computed here from what it says. */
async function hashOf(line: Line): Promise<string> {
  const text = [line.previousHash, line.sequence, exact(line.at), line.type, line.by, line.recorded].join('\n');
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What was recorded of an instant: with all decimals, which an answer leaves out where they are zeros. */
function exact(instant: string): string {
  const [second, decimals = ''] = instant.replace(/Z$/, '').split('.');
  return `${second}.${decimals.padEnd(decimalsOfSecond, '0')}Z`;
}

/**
 * Checks a whole timeline: no line changed, none missing between two others, none slipped in, and the last one there. What is shown of a
 * line's details has to be what was hashed of them.
 */
export async function prove(lines: readonly Line[], head: string): Promise<Proof> {
  let before = genesis;
  let reachesHead = lines.length === 0 && head === genesis;
  for (const [index, line] of lines.entries()) {
    const shown = JSON.stringify(line.details) === JSON.stringify(JSON.parse(line.recorded));
    const hash = await hashOf(line);
    if (line.sequence !== index + 1 || line.previousHash !== before || line.hash !== hash || !shown) {
      return { whole: false, brokenAt: index + 1 };
    }

    before = hash;
    // A line may have come between the reading of the head and that of the lines.
    reachesHead ||= hash === head;
  }

  return reachesHead ? { whole: true, brokenAt: null } : { whole: false, brokenAt: lines.length + 1 };
}
