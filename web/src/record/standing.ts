/** How things stand on one day: the spell of each place, which places are shown, and the sum of it in words. */
import type { Choice, Size } from "./address";
import { type ControlRecord, SILENCE, STATE, standOn } from "./spells";
import type { Level } from "./wire";

export interface Standing {
  day: number;
  /** One entry a place: its spell, or SILENCE. */
  spell: Int32Array;
  /** 1 where the filters let the place through. */
  shown: Uint8Array;
}

export const sizeOf = (level: Level | null): Size =>
  level === "site" ? "sites" : level === "settlement" || level === null ? "towns" : "areas";

/** No word of who holds it: no spell at all, or one that says that accounts ran out. */
export const isSilent = (record: ControlRecord, spell: number): boolean =>
  spell === SILENCE || record.spells.state[spell] === STATE.unknown;

/** `fits` has a 1 for each spell that rests on claims that fit; null = nothing is asked of the claims. */
export function standingOn(record: ControlRecord, day: number, choice: Choice, fits: Uint8Array | null): Standing {
  const places = record.places.id.length;
  const standing = { day, spell: new Int32Array(places), shown: new Uint8Array(places) };
  standOn(record.spells, day, standing.spell);
  const isLet = filter(record, choice, fits);
  for (let place = 0; place < places; place++)
    standing.shown[place] = isLet(place, standing.spell[place] as number) ? 1 : 0;
  return standing;
}

/**
 * Whether a place in this spell is shown. Silence passes as long as nothing is asked of who holds it and how surely.
 */
function filter(
  record: ControlRecord,
  choice: Choice,
  fits: Uint8Array | null,
): (place: number, spell: number) => boolean {
  const { spells, places, actors } = record;
  const sizes = places.level.map((level) => choice.sizes.includes(sizeOf(level)));
  const holders = new Set(choice.holders.map((id) => actors.id.indexOf(id)));
  const isAsked = holders.size > 0 || choice.verdict < 3 || choice.least > 0 || fits !== null;
  return (place, spell) => {
    if (!sizes[place]) return false;
    if (isSilent(record, spell)) return !isAsked;
    const isHolder =
      !holders.size || holders.has(spells.holder[spell] as number) || holders.has(spells.besieger[spell] as number);
    return (
      isHolder &&
      (!fits || fits[spell] === 1) &&
      (spells.verdict[spell] as number) <= choice.verdict &&
      (spells.confidence[spell] as number) * 100 >= choice.least
    );
  };
}

export interface Sum {
  places: number;
  /** Places a holder, by index into the actors. */
  held: number[];
  /** Besieged, and nobody says who holds them. */
  unnamed: number;
  contested: number;
  /** Of those held or unnamed. */
  besieged: number;
  silent: number;
}

export function summed(record: ControlRecord, standing: Standing): Sum {
  const sum: Sum = { places: 0, held: record.actors.id.map(() => 0), unnamed: 0, contested: 0, besieged: 0, silent: 0 };
  for (let place = 0; place < standing.spell.length; place++) {
    if (!standing.shown[place]) continue;
    sum.places++;
    const spell = standing.spell[place] as number;
    if (isSilent(record, spell)) sum.silent++;
    else tally(record, spell, sum);
  }
  return sum;
}

function tally({ spells }: ControlRecord, spell: number, sum: Sum): void {
  const holder = spells.holder[spell] as number;
  if (spells.state[spell] === STATE.contested) sum.contested++;
  else if (holder >= 0) sum.held[holder] = (sum.held[holder] ?? 0) + 1;
  else sum.unnamed++;
  if (spells.state[spell] === STATE.besieged) sum.besieged++;
}

const places = (n: number): string => (n === 1 ? "1 place" : `${n.toLocaleString("en")} places`);

export function sumInWords(record: ControlRecord, sum: Sum): string {
  const held = record.actors.name
    .map((name, at) => ({ name, n: sum.held[at] ?? 0 }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
    .map(({ name, n }) => `${name} ${n.toLocaleString("en")}`);
  const parts = [
    held.length ? `held by ${held.slice(0, 6).join(", ")}` : "",
    count(sum.contested, "contested"),
    count(sum.unnamed, "with no holder named"),
    count(sum.silent, "without word"),
  ];
  const besieged = sum.besieged ? ` Besieged: ${sum.besieged.toLocaleString("en")}.` : "";
  return `${places(sum.places)}: ${parts.filter(Boolean).join("; ")}.${besieged}`;
}

const count = (n: number, word: string): string => (n ? `${n.toLocaleString("en")} ${word}` : "");

/** A confidence as percent; what is not quite sure is not rounded to certainty: 0.998 and 1 are "over 99%". */
export function percent(confidence: number): string {
  if (confidence >= 0.995) return "over 99%";
  return confidence < 0.005 ? "under 1%" : `${Math.round(confidence * 100)}%`;
}

/** "held by Islamic State", "contested", "no word". */
export function stateInWords({ spells, actors }: ControlRecord, spell: number): string {
  if (spell === SILENCE) return "no word";
  const name = (at: number | undefined) => (at === undefined || at < 0 ? null : (actors.name[at] ?? null));
  const [holder, besieger] = [name(spells.holder[spell]), name(spells.besieger[spell])];
  const state = spells.state[spell];
  if (state === STATE.unknown) return "not known";
  if (state === STATE.contested) return holder ? `contested, mostly ${holder}` : "contested";
  if (state === STATE.besieged)
    return `${holder ? `held by ${holder}, ` : ""}besieged${besieger ? ` by ${besieger}` : ""}`;
  return holder ? `held by ${holder}` : "held, by whom is not told";
}
