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
  const pick = <T extends Int32Array | Int16Array | Uint8Array | Float32Array>(
    out: T,
    column: (number | null)[],
    open: number,
  ): T => {
    for (let i = 0; i < order.length; i++) out[i] = column[order[i] as number] ?? open;
    return out;
  };
  const n = order.length;
  return {
    starts,
    place: pick(new Int32Array(n), columns.place, 0),
    state: pick(new Uint8Array(n), columns.state, STATE.unknown),
    holder: pick(new Int16Array(n), columns.holder, -1),
    besieger: pick(new Int16Array(n), columns.besieger, -1),
    first: pick(new Int32Array(n), columns.first, LONG_AGO),
    last: pick(new Int32Array(n), columns.last, LONG_HENCE),
    confidence: pick(new Float32Array(n), columns.confidence, 0),
    verdict: pick(new Uint8Array(n), columns.verdict, 3),
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

/** Each day on which a place is told to have passed to another holder, and who that is; in the order of the places. */
export interface Changes {
  day: Int32Array;
  holder: Int16Array;
}

export function changes({ place, holder, first }: Spells): Changes {
  const out: Changes = { day: new Int32Array(place.length), holder: new Int16Array(place.length) };
  let n = 0;
  for (let at = 1; at < place.length; at++) {
    const to = holder[at] as number;
    const day = first[at] as number;
    if (to < 0 || to === holder[at - 1] || place[at] !== place[at - 1] || isOpenBefore(day)) continue;
    out.day[n] = day;
    out.holder[n++] = to;
  }
  return { day: out.day.subarray(0, n), holder: out.holder.subarray(0, n) };
}

/** The first and last day that any spell begins or ends on. */
export function daysTold(spells: Spells): { first: number; last: number } | null {
  let first = LONG_HENCE;
  let last = LONG_AGO;
  for (let at = 0; at < spells.place.length; at++) {
    const [from, to] = [spells.first[at] as number, spells.last[at] as number];
    if (!isOpenBefore(from) && !isOpenAfter(from)) [first, last] = [Math.min(first, from), Math.max(last, from)];
    if (!isOpenBefore(to) && !isOpenAfter(to)) [first, last] = [Math.min(first, to), Math.max(last, to)];
  }
  return last >= first ? { first, last } : null;
}
