/** What is to be drawn over the ground on the day, with no word of pixels. */
import type { Script } from "../record/address";
import type { Item } from "../record/layers";
import type { Look, Theme } from "../record/palette";
import { type ControlRecord, SILENCE, STATE } from "../record/spells";
import { type Standing, sizeOf } from "../record/standing";
import type { Points } from "./camera";
import type { MarkLook } from "./mark";

export interface Scene {
  record: ControlRecord;
  standing: Standing;
  points: Points;
  /** Looks of the actors, by their index. */
  looks: Look[];
  theme: Theme;
  items: Item[];
  isControl: boolean;
  names: Script;
  /** Indexes of places, -1 = none. */
  chosen: number;
  hovered: number;
}

/**
 * Places in the order in which they are drawn: areas first, widest first; then towns and sites, those most spoken of
 * last.
 */
export function drawingOrder({ places }: ControlRecord): { areas: number[]; spots: Int32Array } {
  const all = places.id.map((_, at) => at).filter((at) => places.lat[at] !== null && places.level[at] !== "country");
  const isArea = (at: number) => sizeOf(places.level[at] ?? null) === "areas";
  const areas = all.filter(isArea).sort((a, b) => (places.radius_m[b] ?? 0) - (places.radius_m[a] ?? 0));
  const spots = all.filter((at) => !isArea(at)).sort((a, b) => (places.claims[a] ?? 0) - (places.claims[b] ?? 0));
  return { areas, spots: Int32Array.from(spots) };
}

function kindOf(state: number | undefined): MarkLook["kind"] {
  if (state === STATE.contested) return "contested";
  return state === STATE.unknown ? "unknown" : "held";
}

/** Steps of confidence that marks are told apart by. */
const STEPS = 6;

/**
 * A number that is the same for places that look the same: ten thousand looks a day would take longer to build than to
 * draw.
 */
export function lookKey({ record, standing }: Scene, place: number): number {
  const { spells, places } = record;
  const spell = standing.spell[place] as number;
  const isSite = places.level[place] === "site" ? 1 : 0;
  if (spell === SILENCE) return isSite;
  const state = spells.state[spell] as number;
  if (state === STATE.unknown) return 2 + isSite;
  const actors = ((spells.holder[spell] as number) + 1) * 1024 + (spells.besieger[spell] as number) + 1;
  // Stripes are as strong however sure one is.
  const sureness = state === STATE.contested ? 0 : Math.round((spells.confidence[spell] as number) * STEPS);
  const isDashed = (spells.verdict[spell] as number) >= 2 ? 1 : 0;
  return 4 + isSite + 2 * (isDashed + 2 * (state + 4 * (sureness + (STEPS + 1) * actors)));
}

/**
 * The look of a place on the day. `radius` is that of a town in pixels; sites are a little smaller, silence a speck.
 */
export function lookOf(scene: Scene, place: number, radius: number): MarkLook {
  const { record, theme, looks, standing } = scene;
  const spell = standing.spell[place] as number;
  const isSite = record.places.level[place] === "site";
  const size = isSite ? radius * 0.86 : radius;
  const plain = { colour: theme.faint, letter: "", besieger: null, confidence: 1, isDashed: false, isSite };
  if (spell === SILENCE) return { ...plain, kind: "silent", radius: Math.max(1.6, radius * 0.34) };
  const { spells } = record;
  const kind = kindOf(spells.state[spell]);
  if (kind === "unknown") return { ...plain, kind, radius: size * 0.72 };
  const look = looks[spells.holder[spell] as number];
  return {
    kind,
    colour: look?.colour ?? theme.faint,
    letter: look?.letter ?? "?",
    besieger:
      looks[spells.besieger[spell] as number]?.colour ?? (spells.state[spell] === STATE.besieged ? theme.ink : null),
    confidence: spells.confidence[spell] as number,
    isDashed: (spells.verdict[spell] as number) >= 2,
    isSite,
    radius: size,
  };
}
