import type { Schema } from '../api/client';
import { dayAfter } from '../words/format';

type Day = Schema['DayFigures'];

/** How far back one looks: by days, by weeks or by months. */
export type Step = 'day' | 'week' | 'month';

/** How many periods are shown of each. */
export const steps: Record<Step, number> = { day: 30, week: 13, month: 12 };

/** What the API tells in one call: a day that changed nothing is not in it, so what stands then follows from the days before. */
export const mostDays = 400;

/** A period, and what came of its days. */
export type Period = {
  first: string;
  last: string;
  /** How many cards there were at its end, by status; null while no day is known. */
  cards: ReadonlyMap<string, number> | null;
  /** How many cards were enabled, by channel. */
  activations: ReadonlyMap<string, number>;
  activated: number;
  /** On average; null where none was. */
  daysToActivation: number | null;
  expiries: number;
  newCards: number;
  /** On average; null where none was. */
  leadDays: number | null;
};

/** The latest periods, the earliest first; the last one ends on the day given, which the API counted last. */
export function periodsOf(days: readonly Day[], step: Step, last: string): Period[] {
  return boundsOf(step, last).map(([first, end]) => {
    const within = days.filter(({ day }) => day >= first && day <= end);
    const standing = days.findLast(({ day }) => day <= end);
    const activated = sum(within, (day) => day.activated);
    const newCards = sum(within, (day) => day.newCards);
    return {
      first, last: end, activated, newCards,
      cards: standing ? new Map(standing.cards.map(({ status, cards }) => [status, cards])) : null,
      activations: byChannel(within),
      daysToActivation: activated === 0 ? null : sum(within, (day) => (day.meanDaysToActivation ?? 0) * day.activated) / activated,
      expiries: sum(within, (day) => day.expiries),
      leadDays: newCards === 0 ? null : sum(within, (day) => (day.meanLeadDays ?? 0) * day.newCards) / newCards,
    };
  });
}

function boundsOf(step: Step, last: string): [first: string, last: string][] {
  const bounds: [string, string][] = [];
  for (let end = last; bounds.length < steps[step];) {
    const first = step === 'day' ? end : step === 'week' ? dayAfter(end, -6) : `${end.slice(0, 7)}-01`;
    bounds.unshift([first, end]);
    end = dayAfter(first, -1);
  }

  return bounds;
}

function byChannel(days: readonly Day[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { channel, cards } of days.flatMap((day) => day.activations)) counted.set(channel, (counted.get(channel) ?? 0) + cards);
  return counted;
}

function sum(days: readonly Day[], of: (day: Day) => number): number {
  return days.reduce((total, day) => total + of(day), 0);
}
