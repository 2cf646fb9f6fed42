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

/** What the panel shows. */
export const TABS = ["places", "claims", "choices"] as const;
export type Tab = (typeof TABS)[number];

/** Claims that count: those that are listed, and those that what is drawn must rest on; null = any. */
export interface Wanted {
  kind: string | null;
  modality: string | null;
  source: string | null;
  side: string | null;
  actor: string | null;
  /** Words that stand in the quote. */
  q: string | null;
  /** Of the list alone: only claims that may speak of the chosen day, or those of all days. */
  days: "all" | null;
}

export const WANTED = ["kind", "modality", "source", "side", "actor", "q"] as const;
export type Condition = (typeof WANTED)[number];

/** Which names the map writes. */
export const SCRIPTS = ["both", "latin", "local"] as const;
export type Script = (typeof SCRIPTS)[number];

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
  /** Kinds of events that are shown; empty = all. */
  types: string[];
  view: View | null;
  tab: Tab;
  names: Script;
  wanted: Wanted;
}

/** No condition on claims. */
export const nothingWanted = (): Omit<Wanted, "days"> => ({
  kind: null,
  modality: null,
  source: null,
  side: null,
  actor: null,
  q: null,
});

export const isAsked = (wanted: Wanted): boolean => WANTED.some((name) => wanted[name] !== null);

export const untouched = (): Choice => ({
  day: null,
  asOf: null,
  place: null,
  layers: ["control"],
  holders: [],
  verdict: 3,
  least: 0,
  sizes: [...SIZES],
  types: [],
  view: null,
  tab: "places",
  names: "both",
  wanted: { ...nothingWanted(), days: null },
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

function wantedOf(given: URLSearchParams): Wanted {
  const said = Object.fromEntries(WANTED.map((name) => [name, given.get(name)])) as Omit<Wanted, "days">;
  return { ...said, days: given.get("days") === "all" ? "all" : null };
}

export function choiceOf(search: string): Choice {
  const given = new URLSearchParams(search);
  const plain = untouched();
  const verdict = VERDICTS.findIndex((word) => word === given.get("verdict"));
  return {
    day: dayOf(given.get("day")),
    asOf: isPublished() || dayOf(given.get("as_of")) === null ? null : given.get("as_of"),
    place: given.get("place"),
    layers: among(given.get("layers"), ["control", ...LAYERS] as const, plain.layers),
    holders: given.get("holders")?.split(",").filter(Boolean) ?? [],
    verdict: verdict < 0 ? plain.verdict : verdict,
    least: Math.max(0, Math.min(100, Number(given.get("least")) || 0)),
    sizes: among(given.get("sizes"), SIZES, plain.sizes),
    types: given.get("types")?.split(",").filter(Boolean) ?? [],
    view: viewOf(given.get("map")),
    tab: TABS.find((tab) => tab === given.get("tab")) ?? plain.tab,
    names: SCRIPTS.find((script) => script === given.get("names")) ?? plain.names,
    wanted: wantedOf(given),
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
    ["types", unless(choice.types.join(), "")],
    ["tab", unless(choice.tab, plain.tab)],
    ["names", unless(choice.names, plain.names)],
    ...Object.entries(choice.wanted),
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

/** Where the record's own pages lie: a server's, unless the record is published as files. */
let pages: ((kind: string, id: string) => string) | null = null;
export function publishedPages(address: (kind: string, id: string) => string): void {
  pages = address;
}
export const isPublished = (): boolean => pages !== null;

/** The address of one of the record's own pages, as known on the same day. */
export const pageOf = (kind: string, id: string, asOf: string | null): string =>
  pages?.(kind, id) ?? `/${kind}/${encodeURIComponent(id).replaceAll("%3A", ":")}${asOf ? `?as_of=${asOf}` : ""}`;
