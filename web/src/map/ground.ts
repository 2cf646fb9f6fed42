/**
 * The ground: land, water and borders on MapLibre, from the page's own files. No tile, font or style comes from
 * elsewhere.
 */
import type { Feature, Geometry } from "geojson";
import { Map as GroundMap, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import basemapUrl from "../../made/basemap.json?url";
import type { View } from "../record/address";
import type { Theme } from "../record/palette";
import { mixed } from "../record/palette";
import { drawOwn, type OwnGround, repaintOwn } from "./own";

// MapLibre 6 finds no worker by itself once it is bundled: without this the map stays blank and nothing says so.
setWorkerUrl(workerUrl);

interface Basemap {
  scale: number;
  land: number[][][];
  lakes: number[][][];
  rivers: number[][];
  borders: number[][];
  disputed: number[][];
}

/** Steps of whole numbers as degrees. */
function line(steps: number[], scale: number): [number, number][] {
  const out: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (let at = 0; at < steps.length; at += 2)
    out.push([(x += steps[at] as number) / scale, (y += steps[at + 1] as number) / scale]);
  return out;
}

const feature = (geometry: Geometry): Feature => ({ type: "Feature", properties: {}, geometry });

function sources(basemap: Basemap): StyleSpecification["sources"] {
  const areas = (polygons: number[][][]) =>
    feature({
      type: "MultiPolygon",
      coordinates: polygons.map((rings) => rings.map((ring) => line(ring, basemap.scale))),
    });
  const lines = (all: number[][]) =>
    feature({ type: "MultiLineString", coordinates: all.map((steps) => line(steps, basemap.scale)) });
  const source = (data: Feature) => ({ type: "geojson" as const, data, maxzoom: 7 });
  return {
    land: source(areas(basemap.land)),
    lakes: source(areas(basemap.lakes)),
    rivers: source(lines(basemap.rivers)),
    borders: source(lines(basemap.borders)),
    disputed: source(lines(basemap.disputed)),
  };
}

/** Paints by layer; set anew when the reader's theme changes. */
function paints(theme: Theme): [string, "background-color" | "fill-color" | "line-color", string][] {
  const line = mixed(theme.ink, theme.land, theme.isDark ? 0.34 : 0.38);
  return [
    ["sea", "background-color", theme.sea],
    ["land", "fill-color", theme.land],
    ["coast", "line-color", mixed(theme.ink, theme.sea, 0.24)],
    ["lakes", "fill-color", theme.sea],
    ["rivers", "line-color", mixed(theme.sea, theme.land, 0.9)],
    ["borders", "line-color", line],
    ["disputed", "line-color", line],
  ];
}

function style(basemap: Basemap, theme: Theme): StyleSpecification {
  const colour = (layer: string) => paints(theme).find(([name]) => name === layer)?.[2] ?? theme.ink;
  const wider = (thin: number, thick: number) =>
    ["interpolate", ["linear"], ["zoom"], 3, thin, 9, thick] as unknown as number;
  return {
    version: 8,
    sources: sources(basemap),
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("land"), "fill-antialias": false } },
      {
        id: "rivers",
        type: "line",
        source: "rivers",
        paint: { "line-color": colour("rivers"), "line-width": wider(0.5, 2.2) },
      },
      { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": colour("lakes") } },
      {
        id: "coast",
        type: "line",
        source: "land",
        paint: { "line-color": colour("coast"), "line-width": wider(0.5, 1) },
      },
      {
        id: "borders",
        type: "line",
        source: "borders",
        paint: { "line-color": colour("borders"), "line-width": wider(0.6, 1.4) },
      },
      {
        id: "disputed",
        type: "line",
        source: "disputed",
        paint: { "line-color": colour("disputed"), "line-width": wider(0.6, 1.4), "line-dasharray": [3, 3] },
      },
    ],
  };
}

export interface Ground {
  map: GroundMap;
  setTheme(theme: Theme): void;
  /** Resolves with how many features of the user's own ground are in view, once they are drawn. */
  own: Promise<number> | null;
}

/** The land is fetched as soon as this module is, while the record is still on its way. */
const fetched = fetch(basemapUrl).then(async (response) => (await response.json()) as Basemap);
// Said where it is awaited; unawaited, a refusal would be said to nobody.
fetched.catch(() => undefined);

export async function openGround(
  container: HTMLElement,
  view: View,
  theme: Theme,
  own: OwnGround | null,
): Promise<Ground> {
  const basemap = await fetched;
  const map = new GroundMap({
    container,
    style: style(basemap, theme),
    center: [view.lon, view.lat],
    zoom: view.zoom,
    minZoom: 1,
    maxZoom: 13,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    // A printed page shows what was last drawn.
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  let shown = theme;
  const paint = (): void => {
    paints(shown).forEach(([layer, property, value]) => map.setPaintProperty(layer, property, value));
    if (own) repaintOwn(map, shown);
  };
  const setTheme = (next: Theme): void => {
    if (next === shown) return;
    shown = next;
    if (map.isStyleLoaded()) paint();
    else map.once("load", paint);
  };
  const isLoaded = new Promise<void>((resolve) => void map.once("load", () => resolve()));
  return { map, setTheme, own: own && isLoaded.then(() => drawOwn(map, own, theme)) };
}
