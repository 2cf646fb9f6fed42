/** Degrees to pixels and back. The map neither turns nor tilts, so that a place is two multiplications away. */
import type { View } from "../record/address";
import type { PlaceColumns } from "../record/wire";

/** MapLibre's tiles have 512 pixels: at zoom 0 they are the whole world. */
const TILE = 512;
const EARTH_M = 40_075_016.7;

export interface Camera extends View {
  width: number;
  height: number;
}

/** Web Mercator, the world from 0 to 1 either way. */
export const mercatorX = (lon: number): number => lon / 360 + 0.5;
export const mercatorY = (lat: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
export const latitude = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** Pixels for the whole world's width. */
export const worldWidth = (camera: View): number => TILE * 2 ** camera.zoom;

/** Pixels for a metre on the ground at this latitude. */
export const pixelsPerMetre = (camera: View, lat: number): number =>
  worldWidth(camera) / (EARTH_M * Math.cos((lat * Math.PI) / 180));

/** Places in Mercator units, NaN where a place has no point. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
}

export function pointsOf(places: PlaceColumns): Points {
  const project = (degrees: (number | null)[], to: (degrees: number) => number) =>
    Float64Array.from(degrees, (at) => (at === null ? Number.NaN : to(at)));
  return { x: project(places.lon, mercatorX), y: project(places.lat, mercatorY) };
}

/** Share of the claims left out at each edge, so that one mention of a far capital does not shrink the theatre. */
const EDGE = 0.01;

/** A view that holds nearly all that the case speaks of, or null where no place has a point. */
export function viewOfCase(
  places: PlaceColumns,
  isTold: (place: number) => boolean,
  width: number,
  height: number,
): View | null {
  const pick = (told: boolean) =>
    places.id.flatMap((_, at) =>
      places.lat[at] !== null && places.level[at] !== "country" && (!told || isTold(at)) ? [at] : [],
    );
  const told = pick(true);
  const among = told.length ? told : pick(false);
  if (!among.length) return null;
  const [west, east] = middle(
    among,
    (at) => mercatorX(places.lon[at] as number),
    (at) => weight(places, at),
  );
  const [north, south] = middle(
    among,
    (at) => mercatorY(places.lat[at] as number),
    (at) => weight(places, at),
  );
  // a place alone is shown with the land around it
  const most = east - west > 1e-6 || south - north > 1e-6 ? 9 : 6.5;
  const zoom =
    Math.log2(Math.min(width / Math.max(east - west, 1e-6), height / Math.max(south - north, 1e-6)) / TILE) - 0.3;
  return {
    lon: ((west + east) / 2 - 0.5) * 360,
    lat: latitude((north + south) / 2),
    zoom: Math.max(2, Math.min(most, zoom)),
  };
}

/** A place of many claims counts more, but a hundred claims do not outweigh a hundred places. */
const weight = (places: PlaceColumns, at: number): number => 1 + Math.log2(1 + (places.claims[at] ?? 0));

function middle(among: number[], value: (at: number) => number, weigh: (at: number) => number): [number, number] {
  const sorted = among.map((at) => [value(at), weigh(at)] as const).sort((a, b) => a[0] - b[0]);
  const all = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  const at = (share: number) => {
    let sum = 0;
    return (sorted.find(([, weight]) => (sum += weight) >= all * share) ?? (sorted[0] as readonly [number, number]))[0];
  };
  return [at(EDGE), at(1 - EDGE)];
}
