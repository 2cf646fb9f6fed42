/** Who held what and when, in typed arrays: 10,000 places are looked up for a day in a millisecond or two. */
import type { ControlAnswer, PlaceColumns, SpellColumns } from "./wire";

export const STATE = { held: 0, contested: 1, besieged: 2, unknown: 3 } as const;
export const VERDICTS = ["established", "likely", "disputed", "unsupported"] as const;
/** No spell covers the day: nothing has been said. */
export const SILENCE = -1;
/** Days for open ends, beyond any that a source tells. */
const LONG_AGO = -(2 ** 30);
const LONG_HENCE = 2 ** 30;

export interface Spells {
  /** Place p has the spells starts[p] to starts[p + 1] - 1, in the order of their days. */
  starts: Int32Array;
  place: Int32Array;
  state: Uint8Array;
  /** Index into the actors, -1 = none. */
  holder: Int16Array;
  besieger: Int16Array;
  first: Int32Array;
  last: Int32Array;
  confidence: Float32Array;
  verdict: Uint8Array;
  voices: Uint16Array;
}

export interface ControlRecord {
  places: PlaceColumns;
  actors: { id: string[]; name: string[] };
  spells: Spells;
}

export const isOpenBefore = (day: number): boolean => day === LONG_AGO;
export const isOpenAfter = (day: number): boolean => day === LONG_HENCE;

export function recordOf(answer: ControlAnswer): ControlRecord {
  return { places: answer.places, actors: answer.actors, spells: byPlace(answer.spells, answer.places.id.length) };
}

/** The columns as typed arrays, the spells of a place side by side. */
function byPlace(columns: SpellColumns, places: number): Spells {
  const { starts, order } = grouped(columns.place, places);
  const from = (column: (number | null)[], open: number) => (at: number) => column[at] ?? open;
  const pick = <T extends Int32Array | Int16Array | Uint8Array | Uint16Array | Float32Array>(
    out: T,
    value: (at: number) => number,
  ): T => {
    for (let i = 0; i < order.length; i++) out[i] = value(order[i] as number);
    return out;
  };
  const n = order.length;
  return {
    starts,
    place: pick(new Int32Array(n), from(columns.place, 0)),
    state: pick(new Uint8Array(n), from(columns.state, STATE.unknown)),
    holder: pick(new Int16Array(n), from(columns.holder, -1)),
    besieger: pick(new Int16Array(n), from(columns.besieger, -1)),
    first: pick(new Int32Array(n), from(columns.first, LONG_AGO)),
    last: pick(new Int32Array(n), from(columns.last, LONG_HENCE)),
    confidence: pick(new Float32Array(n), from(columns.confidence, 0)),
    verdict: pick(new Uint8Array(n), from(columns.verdict, 3)),
    voices: pick(new Uint16Array(n), from(columns.voices, 0)),
  };
}

/** A counting sort by place that keeps the given order within each. */
function grouped(place: number[], places: number): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(places + 1);
  for (const p of place) starts[p + 1] = (starts[p + 1] as number) + 1;
  for (let p = 0; p < places; p++) starts[p + 1] = (starts[p + 1] as number) + (starts[p] as number);
  const next = starts.slice();
  const order = new Int32Array(place.length);
  place.forEach((p, at) => {
    const slot = next[p] as number;
    order[slot] = at;
    next[p] = slot + 1;
  });
  return { starts, order };
}

/** The spell that covers the day at the place, or SILENCE. */
export function spellOn(spells: Spells, place: number, day: number): number {
  const start = spells.starts[place] as number;
  let low = start;
  let high = spells.starts[place + 1] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spells.first[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  return at >= start && (spells.last[at] as number) >= day ? at : SILENCE;
}

/** Fills `out` (one entry a place) with the spells of the day. */
export function standOn(spells: Spells, day: number, out: Int32Array): void {
  for (let place = 0; place < out.length; place++) out[place] = spellOn(spells, place, day);
}

export interface Change {
  day: number;
  place: number;
  /** Who is told to hold it from then on, -1 = none. */
  holder: number;
}

/** Each day on which a place is told to have passed from one holder to another. */
export function changes(spells: Spells): Change[] {
  const out: Change[] = [];
  for (let at = 1; at < spells.place.length; at++) {
    const place = spells.place[at] as number;
    const holder = spells.holder[at] as number;
    const isNew = holder >= 0 && holder !== spells.holder[at - 1];
    if (isNew && place === spells.place[at - 1] && !isOpenBefore(spells.first[at] as number))
      out.push({ day: spells.first[at] as number, place, holder });
  }
  return out.sort((a, b) => a.day - b.day);
}

/** The first and last day that any spell begins or ends on. */
export function daysTold(spells: Spells): { first: number; last: number } | null {
  let first = LONG_HENCE;
  let last = LONG_AGO;
  for (let at = 0; at < spells.place.length; at++) {
    for (const day of [spells.first[at] as number, spells.last[at] as number]) {
      if (isOpenBefore(day) || isOpenAfter(day)) continue;
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  return last >= first ? { first, last } : null;
}
