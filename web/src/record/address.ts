/** All that is chosen stands in the page's address, so that it can be sent, cited and gone back to. */
import { dayOf, isoOf } from "../time/days";
import { VERDICTS } from "./spells";
import type { LayerName } from "./wire";

export const LAYERS: readonly LayerName[] = ["events", "tolls", "presences", "movements", "contradictions"];
export const SIZES = ["sites", "towns", "areas"] as const;
export type Size = (typeof SIZES)[number];
export type LayerChoice = "control" | LayerName;

export interface View {
  lon: number;
  lat: number;
  zoom: number;
}

export interface Choice {
  /** null = the last day that anything is told of. */
  day: number | null;
  /** ISO day; null = all that is known now. */
  asOf: string | null;
  place: string | null;
  layers: LayerChoice[];
  /** Ids of holders; empty = all. */
  holders: string[];
  /** Verdicts up to this index into VERDICTS. */
  verdict: number;
  /** Least confidence, percent. */
  least: number;
  sizes: Size[];
  view: View | null;
}

export const untouched = (): Choice => ({
  day: null,
  asOf: null,
  place: null,
  layers: ["control"],
  holders: [],
  verdict: 3,
  least: 0,
  sizes: [...SIZES],
  view: null,
});

const among = <T extends string>(words: string | null, known: readonly T[], otherwise: T[]): T[] =>
  words === null ? otherwise : known.filter((word) => words.split(",").includes(word));

function viewOf(words: string | null): View | null {
  const [lon, lat, zoom] = (words ?? "").split(",").map(Number);
  const isView = [lon, lat, zoom].every((number) => number !== undefined && Number.isFinite(number));
  return isView && Math.abs(lat as number) <= 85
    ? { lon: lon as number, lat: lat as number, zoom: zoom as number }
    : null;
}

export function choiceOf(search: string): Choice {
  const given = new URLSearchParams(search);
  const plain = untouched();
  const verdict = VERDICTS.findIndex((word) => word === given.get("verdict"));
  return {
    day: dayOf(given.get("day")),
    asOf: dayOf(given.get("as_of")) === null ? null : given.get("as_of"),
    place: given.get("place"),
    layers: among(given.get("layers"), ["control", ...LAYERS] as const, plain.layers),
    holders: given.get("holders")?.split(",").filter(Boolean) ?? [],
    verdict: verdict < 0 ? plain.verdict : verdict,
    least: Math.max(0, Math.min(100, Number(given.get("least")) || 0)),
    sizes: among(given.get("sizes"), SIZES, plain.sizes),
    view: viewOf(given.get("map")),
  };
}

/** The address of a choice; what is as at first is left out. */
export function addressOf(choice: Choice): string {
  const plain = untouched();
  const said: [string, string | null][] = [
    ["day", choice.day === null ? null : isoOf(choice.day)],
    ["as_of", choice.asOf],
    ["place", choice.place],
    ["layers", unless(choice.layers.join(), plain.layers.join())],
    ["holders", unless(choice.holders.join(), "")],
    ["verdict", choice.verdict === plain.verdict ? null : (VERDICTS[choice.verdict] ?? null)],
    ["least", choice.least ? String(choice.least) : null],
    ["sizes", unless(choice.sizes.join(), plain.sizes.join())],
    [
      "map",
      choice.view && [choice.view.lon.toFixed(4), choice.view.lat.toFixed(4), choice.view.zoom.toFixed(2)].join(),
    ],
  ];
  const query = new URLSearchParams(said.filter((pair): pair is [string, string] => pair[1] !== null));
  // Commas and colons may stand in a query as they are, and ids are full of them.
  return query.size ? `?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}` : location.pathname;
}

const unless = (value: string, plain: string): string | null => (value === plain ? null : value);

/** The address of one of the record's own pages, as known on the same day. */
export const pageOf = (kind: string, id: string, asOf: string | null): string =>
  `/${kind}/${encodeURIComponent(id).replaceAll("%3A", ":")}${asOf ? `?as_of=${asOf}` : ""}`;
