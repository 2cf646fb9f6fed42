/** What besides control is told of places: events, tolls, presences, movements, contradictions. */
import type { LayerAnswer, LayerName } from "./wire";

/** What one mark of a layer means, and what it cannot show. */
export const MEANING: { [name in "control" | LayerName]: { title: string; mark: string; not: string } } = {
  control: {
    title: "Control",
    mark: "What reports, weighed together, say of who held the place on this day.",
    not: "Not a front line: nothing is drawn between places, and silence is no one's.",
  },
  events: {
    title: "Events",
    mark: "An incident that reports place here on this day: a strike, a clash, a killing.",
    not: "Not every incident: only what somebody wrote and the dates allow.",
  },
  tolls: {
    title: "Tolls",
    mark: "A count of people harmed, told of this place and day.",
    not: "Not a sum: counts of one incident by several voices stand for the same people.",
  },
  presences: {
    title: "Presences",
    mark: "Somebody was said to be here, or to have been seen here.",
    not: "Not control, and not where they are now.",
  },
  movements: {
    title: "Movements",
    mark: "Somebody was said to have gone from the one place to the other, or towards it.",
    not: "Not a route: the line only joins the two ends.",
  },
  contradictions: {
    title: "Contradictions",
    mark: "Accounts of this place and day that cannot all hold.",
    not: "Not who is right: both sides are kept, with their words.",
  },
};

/** The page on which an item of the layer is told. */
export const PAGE: { [name in LayerName]: string } = {
  events: "incidents",
  tolls: "tolls",
  presences: "claims",
  movements: "claims",
  contradictions: "contradictions",
};

/** Days beyond which "some time in this stretch" says too little of one day to be drawn: a quarter of a year. */
const TOO_VAGUE = 92;

export interface Item {
  layer: LayerName;
  id: string;
  /** Index into the places. */
  place: number;
  /** For movements: the place gone to, -1 = not told. */
  to: number;
  label: string;
  type: string;
  weight: number;
  /** null = no matter of confidence: that accounts differ is sure. */
  confidence: number | null;
  /** Days that it may have happened on; 1 = dated to the day. */
  width: number;
}

/** What the reader wants of a layer; `fits` = ids of marks that rest on claims that fit, null = any. */
export interface Asked {
  types: string[];
  /** Least confidence, percent. */
  least: number;
  fits: ReadonlySet<string> | null;
}

/** What the layer tells of the day. Undated items, and those dated only to some months, are left to the pages. */
export function itemsOn(layer: LayerName, answer: LayerAnswer, day: number, asked: Asked): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < answer.id.length; at++) {
    const first = answer.first[at];
    const last = answer.last[at];
    if (first == null || last == null || day < first || day > last || last - first >= TOO_VAGUE) continue;
    const one = item(layer, answer, at, last - first + 1);
    if (isLet(one, asked)) items.push(one);
  }
  return items;
}

function isLet({ layer, id, type, confidence }: Item, { types, least, fits }: Asked): boolean {
  const isType = layer !== "events" || !types.length || types.includes(type);
  return isType && (confidence === null || confidence * 100 >= least) && (!fits || fits.has(id));
}

function item(layer: LayerName, answer: LayerAnswer, at: number, width: number): Item {
  const text = (column: string[]) => column[at] ?? "";
  return {
    layer,
    id: text(answer.id),
    place: answer.place[at] ?? -1,
    to: answer.to?.[at] ?? -1,
    label: text(answer.label),
    type: text(answer.type),
    weight: answer.weight[at] ?? 1,
    confidence: answer.confidence[at] ?? null,
    width,
  };
}
