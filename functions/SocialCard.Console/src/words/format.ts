import { clock } from '../api/clock';
import { t, wording } from './words';

// Days and hours are China's, wherever the page is looked at: the rules go by them.
const timeZone = 'Asia/Shanghai';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function parts(instant: string | number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...options }).format(new Date(instant));
}

/** An instant to the minute, in China Standard Time. */
export function moment(instant: string | number | null | undefined): string {
  return instant == null ? '—' : parts(instant, { dateStyle: 'short', timeStyle: 'short' });
}

/** An instant to the second. */
export function precise(instant: string | number): string {
  return parts(instant, { dateStyle: 'short', timeStyle: 'medium' });
}

/** The local day of an instant, yyyy-MM-dd. */
export function dayOf(instant: string | number): string {
  return parts(instant, { dateStyle: 'short' });
}

/** The local day some days after another. */
export function dayAfter(local: string, days: number): string {
  return new Date(Date.parse(`${local}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

function written(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(wording.locale, { timeZone: 'UTC', ...options });
}

/** A local day within a year, as the language writes it. */
export function dayName(local: string): string {
  return written({ month: 'short', day: 'numeric' }).format(new Date(local));
}

/** Local days within a year, from one through another, as the language writes them. */
export function daysName(first: string, last: string): string {
  return written({ month: 'short', day: 'numeric' }).formatRange(new Date(first), new Date(last));
}

/** The month of a local day, as the language writes it. */
export function monthName(local: string): string {
  return written({ year: 'numeric', month: 'short' }).format(new Date(local));
}

/** How long a span is, in its two largest units. */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < minute) return t('spanNow');
  if (length < hour) return t('spanMinutes', { n: Math.floor(length / minute) });
  if (length < day) return t('spanHours', { n: Math.floor(length / hour), m: Math.floor((length % hour) / minute) });
  if (length < 10 * day) return t('spanDaysHours', { n: Math.floor(length / day), m: Math.floor((length % day) / hour) });
  return t('spanDays', { n: Math.floor(length / day) });
}

/** How long it is until an instant, or how long ago it was, by the service's clock. */
export function left(instant: string): string {
  const until = Date.parse(instant) - clock.now();
  return until >= 0 ? t('leftUntil', { span: span(until) }) : t('leftSince', { span: span(until) });
}

/** How long ago an instant was, by the service's clock or by the one given. */
export function ago(instant: string, now = clock.now()): string {
  return t('ago', { span: span(now - Date.parse(instant)) });
}

/** A number as the language writes it. */
export function count(value: number): string {
  return new Intl.NumberFormat(wording.locale).format(value);
}

/** A number as the language writes it, to one decimal. */
export function decimal(value: number): string {
  return new Intl.NumberFormat(wording.locale, { maximumFractionDigits: 1 }).format(value);
}

/** A share of one, as the language writes it in hundredths. */
export function percent(share: number): string {
  return new Intl.NumberFormat(wording.locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
