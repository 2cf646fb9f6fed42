/**
 * What the server answers under /api/v1, as it travels. Days are whole numbers since 1970-01-01 (UTC), null = open or
 * not told.
 */

export type Level = "site" | "settlement" | "district" | "province" | "country" | "region";
export type State = "held" | "contested" | "besieged" | "unknown";
export type Verdict = "established" | "likely" | "disputed" | "unsupported";
export type Kind = "control" | "event" | "presence" | "movement" | "toll";
export type LayerName = "events" | "tolls" | "presences" | "movements" | "contradictions";

export interface Case {
  name: string;
  as_of: string | null;
  claims: number;
  documents: number;
  places: number;
  sources: number;
  contradictions: number;
  first_published: string | null;
  last_published: string | null;
  undated_documents: number;
  concluding: boolean;
}

export interface PlaceColumns {
  id: string[];
  name: string[];
  local: (string | null)[];
  /** Of the local names, ISO 639-1; null = not known, or there is none. */
  local_language: (string | null)[];
  lat: (number | null)[];
  lon: (number | null)[];
  radius_m: (number | null)[];
  level: (Level | null)[];
  claims: number[];
}

export interface ActorColumns {
  id: string[];
  name: string[];
}

export interface SpellColumns {
  place: number[];
  state: number[];
  holder: number[];
  besieger: number[];
  first: (number | null)[];
  last: (number | null)[];
  confidence: number[];
  verdict: number[];
  voices: number[];
}

export interface ControlAnswer {
  places: PlaceColumns;
  actors: ActorColumns;
  spells: SpellColumns;
}

export type Activity = { days: number[] } & Record<Kind, number[]>;

export interface LayerAnswer {
  id: string[];
  place: number[];
  first: (number | null)[];
  last: (number | null)[];
  label: string[];
  type: string[];
  weight: number[];
  /** How sure the finding is or, of presences and movements, how surely the claim was read; null = no matter of it. */
  confidence: (number | null)[];
  to?: number[];
}

/** The marks that rest on claims that fit: their ids; of control, the place and first day (ISO) of each spell. */
export type FittingAnswer = { id: string[] };
export type FittingSpells = { place: string[]; first: (string | null)[] };

export interface Tally {
  id: string;
  name: string;
  claims: number;
}

/** The claims that fit, counted by what they have; `all` = none was left uncounted. */
export type Facets = { counted: number; all: boolean } & Record<
  "kind" | "modality" | "place" | "actor" | "source" | "side",
  Tally[]
>;

export interface Named {
  id: string;
  name: string;
}

export interface Voice {
  voice: string;
  /** Log-odds: above 0 for the spell, below against it. */
  weight: number;
  weighs: string;
  grade: string | null;
  reason: string;
  members: string[];
  claims: string[];
}

export interface Quote {
  claim: string;
  words: string;
  source: string;
  published: string | null;
}

export interface ToldSpell {
  state: State;
  holder: Named | null;
  besieger: Named | null;
  from: string | null;
  to: string | null;
  change: [string, string] | null;
  confidence: number;
  verdict: Verdict;
  independent_sources: number;
  words: string;
  supports: string[];
  opposes: string[];
  voices: Voice[];
  best_for: Quote | null;
  best_against: Quote | null;
}

export interface TickColumns {
  claim: string[];
  spell: number[];
  way: number[];
  first: (number | null)[];
  last: (number | null)[];
  holder: (string | null)[];
  words: string[];
  source: string[];
}

export interface PlaceAnswer {
  place: {
    id: string;
    name: string;
    local: string | null;
    local_language: string | null;
    aliases: string[];
    level: Level | null;
    lat: number | null;
    lon: number | null;
    radius_m: number | null;
    country: string | null;
  };
  claims: number;
  documents: number;
  spells: ToldSpell[];
  ticks: TickColumns;
  inside: { place: string; name: string; words: string; from: string | null; confidence: number; verdict: Verdict }[];
  contradictions: { id: string; about: string; nature: string }[];
  tolls: { id: string; words: string }[];
  incidents: { id: string; words: string; from: string | null; to: string | null }[];
}

/** The days between which something was published, ISO; one day where both are the same. */
export interface Published {
  earliest: string | null;
  latest: string | null;
}

export interface FoundClaim {
  id: string;
  quote: string;
  kind: Kind;
  modality: string;
  polarity: "affirmed" | "denied";
  /** Whether a finding rests on it. */
  counted: boolean;
  place: { id: string; name: string } | null;
  when: { earliest: string | null; latest: string | null } | null;
  gist: string;
  speaker: string;
  published: Published | null;
}

export interface ClaimsAnswer {
  claims: FoundClaim[];
  /** Where the next page begins, null = this was the last. */
  next: number | null;
}

export interface SearchAnswer {
  claims: FoundClaim[];
  documents: { id: string; name: string; title: string | null; published: Published | null }[];
  places: { id: string; name: string; local: string | null; local_language: string | null; level: Level | null; claims: number }[];
  meant: string | null;
}
