import { session } from '../session';

const most = 12;

/** The cards that were looked at in this session, the latest first: those whose states one watches while the clock is moved. */
let cards: readonly string[] = [];

session.addEventListener('change', () => {
  if (!session.caller) cards = [];
});

export function watch(cardNumber: string): void {
  if (!cards.includes(cardNumber)) cards = [cardNumber, ...cards].slice(0, most);
}

export function watched(): readonly string[] {
  return cards;
}
