/** A record published as files: what the server would answer, read from files beside the page and searched here. */
import { type Wanted, WANTED } from "./address";
import { AnswerError, Server } from "./ask";
import type {
  Activity,
  Case,
  ClaimsAnswer,
  ControlAnswer,
  Facets,
  FittingAnswer,
  FittingSpells,
  FoundClaim,
  LayerAnswer,
  LayerName,
  PlaceAnswer,
  SearchAnswer,
  Tally,
} from "./wire";

/** A claim with what it is searched by, and the findings that rest on it. */
interface SearchedClaim extends FoundClaim {
  places: string[];
  actors: string[];
  sources: string[];
  sides: string[];
  marks: { spells: [string, string | null][]; events: string[]; tolls: string[]; contradictions: string[] };
}

type KnownPlace = SearchAnswer["places"][number] & { aliases: string[] };

interface Searched {
  claims: SearchedClaim[];
  names: {
    actors: Record<string, string>;
    sources: Record<string, string>;
    places: KnownPlace[];
    documents: SearchAnswer["documents"];
  };
}

const SAFE = /^[A-Za-z0-9_-]$/;
const PAGE = 25;
const OFFERED = 25;
const HITS = 8;

/** A file name for an id, as `tadmor.views.publishing.site.file_of` writes it. */
export const fileOf = (id: string): string =>
  [...id]
    .map((one) =>
      SAFE.test(one)
        ? one
        : [...new TextEncoder().encode(one)].map((byte) => `~${byte.toString(16).padStart(2, "0")}`).join(""),
    )
    .join("");

/** Letters without marks, small. */
const folded = (words: string): string =>
  words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/** Do all the words stand in a text? A word ending in * stands for those that begin so. */
function holds(text: string, words: string): boolean {
  const own = folded(text).split(/[^\p{L}\p{N}]+/u);
  return folded(words)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) =>
      word.endsWith("*")
        ? own.some((one) => one.startsWith(word.slice(0, -1)))
        : word.split(/[^\p{L}\p{N}]+/u).every((part) => !part || own.includes(part)),
    );
}

const mayBeOn = ({ when }: SearchedClaim, day: string): boolean =>
  when !== null && (when.earliest ?? "") <= day && day <= (when.latest ?? "~");

export class Published extends Server {
  private searched: Promise<Searched> | null = null;
  private readonly folder: string;

  constructor(folder: string) {
    super(folder);
    this.folder = folder;
  }

  override caseNow = (): Promise<Case> => this.file("case");
  override control = (): Promise<ControlAnswer> => this.file("spells");
  override activity = (): Promise<Activity> => this.file("activity");
  override layer = (name: LayerName): Promise<LayerAnswer> => this.file(name);
  override place = (id: string): Promise<PlaceAnswer> => this.file(`places/${fileOf(id)}`);

  override search = async (words: string): Promise<SearchAnswer> => {
    const { claims, names } = await this.open();
    const begins = folded(words).trim();
    const named = (place: KnownPlace) =>
      [place.name, place.local ?? "", ...place.aliases].some((name) => folded(name).startsWith(begins));
    return {
      claims: claims.filter((one) => holds(`${one.quote} ${one.gist}`, words)).slice(0, HITS),
      documents: names.documents.filter((one) => holds(one.title ?? "", words)).slice(0, HITS),
      places: names.places.filter(named).slice(0, HITS),
      meant: null,
    };
  };

  override claims = async (
    wanted: Wanted,
    place: string | null,
    day: string,
    _: string | null,
    cursor: number | null,
  ): Promise<ClaimsAnswer> => {
    const found = (await this.thatFit(wanted, place)).filter((one) => wanted.days === "all" || mayBeOn(one, day));
    const first = cursor ?? 0;
    return { claims: found.slice(first, first + PAGE), next: first + PAGE < found.length ? first + PAGE : null };
  };

  override facets = async (wanted: Wanted, place: string | null): Promise<Facets> => {
    const found = await this.thatFit(wanted, place);
    const { names } = await this.open();
    const placeNames = Object.fromEntries(names.places.map(({ id, name }) => [id, name]));
    const tally = (of: (one: SearchedClaim) => string[], known: Record<string, string>): Tally[] => {
      const counts = new Map<string, number>();
      for (const one of found) for (const id of of(one)) counts.set(id, (counts.get(id) ?? 0) + 1);
      return [...counts]
        .map(([id, claims]) => ({ id, name: known[id] ?? id, claims }))
        .sort((one, other) => other.claims - one.claims || one.id.localeCompare(other.id))
        .slice(0, OFFERED);
    };
    return {
      counted: found.length,
      all: true,
      kind: tally((one) => [one.kind], {}),
      modality: tally((one) => [one.modality], {}),
      place: tally((one) => (one.place ? [one.place.id] : []), placeNames),
      actor: tally((one) => one.actors, names.actors),
      source: tally((one) => one.sources, names.sources),
      side: tally((one) => one.sides, names.actors),
    };
  };

  override fitting = async (layer: LayerName, wanted: Wanted): Promise<FittingAnswer> => {
    const found = await this.thatFit(wanted, null);
    if (layer === "presences" || layer === "movements") return { id: found.map(({ id }) => id) };
    return { id: [...new Set(found.flatMap(({ marks }) => marks[layer]))] };
  };

  override fittingSpells = async (wanted: Wanted): Promise<FittingSpells> => {
    const spells = (await this.thatFit(wanted, null)).flatMap(({ marks }) => marks.spells);
    return { place: spells.map(([place]) => place), first: spells.map(([, first]) => first) };
  };

  override fittingClaims = async (wanted: Wanted, place: string): Promise<FittingAnswer> => ({
    id: (await this.thatFit(wanted, place)).map(({ id }) => id),
  });

  private async thatFit(wanted: Wanted, place: string | null): Promise<SearchedClaim[]> {
    const { claims } = await this.open();
    return claims.filter(
      (one) =>
        (place === null || one.places.includes(place)) && WANTED.every((name) => fits(one, name, wanted[name])),
    );
  }

  private open(): Promise<Searched> {
    this.searched ??= this.file<Searched>("claims");
    return this.searched;
  }

  private async file<T>(name: string): Promise<T> {
    const response = await fetch(`${this.folder}/${name}.json`).catch(() => null);
    if (!response) throw new AnswerError("The files of this record cannot be reached. Try again later.", 0);
    if (!response.ok) throw new AnswerError(`This record has no ${name}.`, response.status);
    return (await response.json()) as T;
  }
}

function fits(one: SearchedClaim, name: (typeof WANTED)[number], value: string | null): boolean {
  if (value === null) return true;
  switch (name) {
    case "kind":
      return one.kind === value;
    case "modality":
      return one.modality === value;
    case "source":
      return one.sources.includes(value);
    case "side":
      return one.sides.includes(value);
    case "actor":
      return one.actors.includes(value);
    case "q":
      return holds(`${one.quote} ${one.gist}`, value);
  }
}
