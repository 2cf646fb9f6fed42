/** The ribbon of a place: who held it over time, as shapes on a line of days. No word of colours or elements. */
import { type Span, along, dayOf } from "../time/days";
import type { PlaceAnswer, TickColumns, ToldSpell } from "../record/wire";

export interface Piece {
  spell: number;
  x: number;
  width: number;
  /** Share of the ribbon's height: the confidence. */
  height: number;
  /** Pixels, from the left end of the piece, over which it is not told when it began; 0 = to the day. */
  fadeIn: number;
}

export interface Tick {
  at: number;
  claim: string;
  spell: number;
  /** 1 for, -1 against, 0 not counted. */
  way: number;
  x: number;
  /** The stretch of days that the claim speaks of, in pixels. */
  from: number;
  to: number;
  /** How many ticks stand between this one and the ribbon. */
  row: number;
  words: string;
  source: string;
  holder: string | null;
}

/** The days that the ribbon covers: those of its spells and of the claims on them. */
export function daysOfPlace(told: PlaceAnswer, all: Span): Span {
  const ends = told.spells.flatMap((spell) => [dayOf(spell.from), dayOf(spell.to)]);
  const days = [...ends, ...told.ticks.last].filter(
    (day): day is number => day !== null && day >= all.first && day <= all.last,
  );
  if (!days.length) return all;
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const room = Math.max(7, Math.round((last - first) * 0.03));
  return { first: Math.max(all.first, first - room), last: Math.min(all.last, last + room) };
}

export function pieces(spells: ToldSpell[], span: Span, width: number): Piece[] {
  return spells.flatMap((spell, at) => {
    // A day is a stretch: a spell ends with its last day, not at that day's beginning.
    const from = Math.max(span.first, dayOf(spell.from) ?? span.first);
    const to = Math.min(span.last, (dayOf(spell.to) ?? span.last) + 1);
    if (to < span.first || from > span.last || spell.state === "unknown") return [];
    const change = spell.change?.map(dayOf) ?? [];
    const fade =
      change[0] != null && change[1] != null ? along(change[1], span, width) - along(change[0], span, width) : 0;
    const x = along(from, span, width);
    return [
      {
        spell: at,
        x,
        width: Math.max(1, along(to, span, width) - x),
        height: Math.max(0.15, spell.confidence),
        fadeIn: fade,
      },
    ];
  });
}

/** Pixels of a tick and of the gap to the next in its row. */
export const TICK = 6;
/** Rows on either side; ticks beyond stand in the last row, over one another. */
export const MOST_ROWS = 6;

/** Each claim at the middle of the days it speaks of, stacked away from the ribbon; undated ones, and those that do not fit, are left out. */
export function ticksOf(
  columns: TickColumns,
  span: Span,
  width: number,
  fits: ReadonlySet<string> | null,
): Tick[] {
  const ticks = columns.claim
    .map((claim, at) => (!fits || fits.has(claim) ? tick(columns, at, span, width) : null))
    .filter((tick): tick is Tick => tick !== null);
  ticks.sort((a, b) => a.x - b.x);
  for (const side of [ticks.filter(({ way }) => way >= 0), ticks.filter(({ way }) => way < 0)]) stack(side);
  return ticks;
}

function tick(columns: TickColumns, at: number, span: Span, width: number): Tick | null {
  const [first, last] = [columns.first[at], columns.last[at]];
  if (first == null || last == null || last < span.first || first > span.last) return null;
  const [from, to] = [first, last].map((day) => along(Math.max(span.first, Math.min(span.last, day)), span, width)) as [
    number,
    number,
  ];
  const text = (column: (string | null)[]) => column[at] ?? "";
  return {
    at,
    claim: text(columns.claim),
    spell: columns.spell[at] ?? -1,
    way: columns.way[at] ?? 0,
    x: (from + to) / 2,
    from,
    to,
    row: 0,
    words: text(columns.words),
    source: text(columns.source),
    holder: columns.holder[at] ?? null,
  };
}

function stack(side: Tick[]): void {
  const ends: number[] = [];
  for (const tick of side) {
    let row = ends.findIndex((end) => end <= tick.x - TICK);
    if (row < 0) row = Math.min(ends.length, MOST_ROWS - 1);
    ends[row] = tick.x;
    tick.row = row;
  }
}
