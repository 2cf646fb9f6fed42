/** Days as whole numbers since 1970-01-01 (UTC): what the server sends and the slider moves over. */

const DAY_MS = 86_400_000;
const ISO = /^\d{4}-\d{2}-\d{2}$/;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export const isoOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** null where the words are no day. */
export function dayOf(iso: string | null | undefined): number | null {
  if (!iso || !ISO.test(iso)) return null;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms / DAY_MS;
}

/** "11 December 2016". */
export function dayInWords(day: number): string {
  const at = new Date(day * DAY_MS);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** The same of an ISO day; words that are no day stay. */
export function dated(iso: string): string {
  const day = dayOf(iso);
  return day === null ? iso : dayInWords(day);
}

/** "25 to 27 March 2016": inclusive ISO days, written as on the server's pages. */
export function daysInWords(first: string | null, last: string | null): string {
  if (first === null || last === null) return "undated";
  if (first === last) return dated(first);
  const [from, to] = [dated(first).split(" "), dated(last)];
  const shared = first.slice(0, 7) === last.slice(0, 7) ? 1 : first.slice(0, 4) === last.slice(0, 4) ? 2 : 3;
  return `${from.slice(0, shared).join(" ")} to ${to}`;
}

/** The same day some months on; the month's last day where it has no such day. */
export function monthsOn(day: number, months: number): number {
  const at = new Date(day * DAY_MS);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.getTime() / DAY_MS + Math.min(at.getUTCDate(), length) - 1;
}

export interface Span {
  first: number;
  last: number;
}

export const within = (day: number, span: Span): number => Math.max(span.first, Math.min(span.last, day));

/** Where a day lies on a line of this length. */
export const along = (day: number, span: Span, length: number): number =>
  ((day - span.first) / Math.max(1, span.last - span.first)) * length;

export const dayAt = (x: number, span: Span, length: number): number =>
  within(Math.round(span.first + (x / Math.max(1, length)) * (span.last - span.first)), span);

export interface Mark {
  day: number;
  words: string;
}

/** Names for an axis: the years, or the months where there are few years. At most about `most` of them. */
export function axis(span: Span, most: number): Mark[] {
  const months = (span.last - span.first) / 30.44;
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((width) => months / width <= most) ?? 240;
  const start = new Date(span.first * DAY_MS);
  const whole = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  const marks: Mark[] = [];
  for (let month = whole; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12) / DAY_MS;
    if (day > span.last) return marks;
    if (day >= span.first)
      marks.push({
        day,
        words: step >= 12 || month % 12 === 0 ? `${Math.floor(month / 12)}` : (MONTHS[month % 12] ?? "").slice(0, 3),
      });
  }
}

/** A stretch of days in words; open ends are said to be open. */
export function stretchInWords(from: string | null, to: string | null): string {
  const [a, b] = [dayOf(from), dayOf(to)];
  if (a === null && b === null) return "at no told time";
  if (a === null) return `until ${dayInWords(b as number)}; since when is not told`;
  if (b === null) return `since ${dayInWords(a)}`;
  return a === b ? `on ${dayInWords(a)}` : daysInWords(isoOf(a), isoOf(b));
}
