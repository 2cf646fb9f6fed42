/** Questions to the server, and its refusals in words. */
import type { Wanted } from "./address";
import type {
  Activity,
  Case,
  ClaimsAnswer,
  ControlAnswer,
  Facets,
  FittingAnswer,
  FittingSpells,
  LayerAnswer,
  LayerName,
  PlaceAnswer,
  SearchAnswer,
} from "./wire";

/** What the page tells its reader when the server does not answer as it should. */
export class AnswerError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 where the server could not be reached at all. */
    readonly status: number,
  ) {
    super(message);
  }
}

type Question = Record<string, string | number | null>;

export class Server {
  constructor(private readonly root: string) {}

  caseNow = (asOf: string | null): Promise<Case> => this.ask("/case", { as_of: asOf });
  control = (asOf: string | null): Promise<ControlAnswer> => this.ask("/control/spells", { as_of: asOf });
  activity = (asOf: string | null): Promise<Activity> => this.ask("/activity", { as_of: asOf });
  layer = (name: LayerName, asOf: string | null): Promise<LayerAnswer> => this.ask(`/layers/${name}`, { as_of: asOf });
  place = (id: string, asOf: string | null): Promise<PlaceAnswer> =>
    this.ask(`/places/${encodeURIComponent(id)}`, { as_of: asOf });
  search = (words: string, asOf: string | null): Promise<SearchAnswer> =>
    this.ask("/search", { q: words, limit: 8, as_of: asOf });

  /** `day` (ISO) keeps to claims that may speak of it. */
  claims = (
    wanted: Wanted,
    place: string | null,
    day: string,
    asOf: string | null,
    cursor: number | null,
  ): Promise<ClaimsAnswer> => {
    const span = wanted.days === "all" ? {} : { from: day, to: day };
    return this.ask("/claims", { ...conditions(wanted), ...span, place, limit: 25, cursor, as_of: asOf });
  };
  facets = (wanted: Wanted, place: string | null, asOf: string | null): Promise<Facets> =>
    this.ask("/facets", { ...conditions(wanted), place, as_of: asOf });
  fitting = (layer: LayerName, wanted: Wanted, asOf: string | null): Promise<FittingAnswer> =>
    this.ask(`/fitting/${layer}`, { ...conditions(wanted), as_of: asOf });
  fittingSpells = (wanted: Wanted, asOf: string | null): Promise<FittingSpells> =>
    this.ask("/fitting/control", { ...conditions(wanted), as_of: asOf });
  fittingClaims = (wanted: Wanted, place: string, asOf: string | null): Promise<FittingAnswer> =>
    this.ask("/fitting/claims", { ...conditions(wanted), place, as_of: asOf });

  private async ask<T>(path: string, question: Question): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.root + path + inAddress(question), { headers: { accept: "application/json" } });
    } catch {
      throw new AnswerError(
        "The server does not answer. It may have been stopped: start tadmor serve again, then try again.",
        0,
      );
    }
    if (!response.ok) throw new AnswerError(await refusal(response), response.status);
    try {
      return (await response.json()) as T;
    } catch {
      throw new AnswerError("The server broke off in the middle of its answer.", response.status);
    }
  }
}

const conditions = ({ days: _, ...named }: Wanted): Question => named;

function inAddress(question: Question): string {
  const given = Object.entries(question).filter(([, value]) => value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

/** The server's own words (RFC 9457), where it has any. */
async function refusal(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return problem.detail ?? problem.title ?? `The server refused (${response.status}).`;
  } catch {
    return `The server refused (${response.status}).`;
  }
}

export const inWords = (error: unknown): string =>
  error instanceof AnswerError ? error.message : `Something in this page broke: ${String(error)}`;
