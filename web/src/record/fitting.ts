/** What rests on the claims that the reader wants: which marks of each layer, which spells, which ticks of the ribbon. */
import { dayOf } from "../time/days";
import { type Wanted, isAsked } from "./address";
import type { Server } from "./ask";
import { type ControlRecord, isOpenBefore } from "./spells";
import type { FittingSpells, LayerName } from "./wire";

export interface Fits {
  /** What the answers are to. */
  question: string;
  /** One entry a spell, 1 = fits. */
  spells: Uint8Array;
  layers: { [name in LayerName]?: ReadonlySet<string> };
  /** Claims on the chosen place; null where none is chosen. */
  claims: ReadonlySet<string> | null;
}

export interface Question {
  wanted: Wanted;
  asOf: string | null;
  /** Layers that are drawn, and the place that is chosen. */
  layers: LayerName[];
  place: string | null;
}

/** One string for what claims must be like; null where nothing is asked of them. */
export const wordsOf = (wanted: Wanted, asOf: string | null): string | null =>
  isAsked(wanted) ? JSON.stringify([{ ...wanted, days: null }, asOf]) : null;

/** Asks for what is not known yet. */
export async function askFits(
  server: Server,
  record: ControlRecord,
  { wanted, asOf, layers, place }: Question,
  known: Fits | null,
): Promise<Fits> {
  const question = wordsOf(wanted, asOf) ?? "";
  const before = known?.question === question ? known : null;
  const missing = layers.filter((name) => !before?.layers[name]);
  const [spells, claims, ...answers] = await Promise.all([
    before ? before.spells : server.fittingSpells(wanted, asOf).then((answer) => spellsFitting(record, answer)),
    place ? server.fittingClaims(wanted, place, asOf).then(({ id }) => new Set(id)) : null,
    ...missing.map((name) => server.fitting(name, wanted, asOf)),
  ]);
  const found = missing.map((name, at) => [name, new Set(answers[at]?.id)] as const);
  return { question, spells, claims, layers: { ...before?.layers, ...Object.fromEntries(found) } };
}

/** A spell is known by its place and its first day. */
export function spellsFitting({ places, spells }: ControlRecord, answer: FittingSpells): Uint8Array {
  const index = new Map(places.id.map((id, at) => [id, at]));
  const firsts = new Map<number, Set<number | null>>();
  answer.place.forEach((id, at) => {
    const place = index.get(id);
    if (place === undefined) return;
    const known = firsts.get(place) ?? new Set();
    firsts.set(place, known.add(dayOf(answer.first[at])));
  });
  return Uint8Array.from(spells.place, (place, at) => {
    const first = spells.first[at] as number;
    return firsts.get(place)?.has(isOpenBefore(first) ? null : first) ? 1 : 0;
  });
}
