/** A ground of the user's own, drawn over the land and under its borders and the marks: GeoJSON or PMTiles. */
import type { FilterSpecification, LayerSpecification, Map as GroundMap } from "maplibre-gl";
import { type Theme, mixed } from "../record/palette";

export interface OwnGround {
  address: string;
  /** What the user says of who made it and how it may be used; empty = nothing. */
  terms: string;
}

/** What the server wrote on the page. */
export function ownGround(element: HTMLElement): OwnGround | null {
  const { ground, groundTerms } = element.dataset;
  return ground ? { address: new URL(ground, location.href).href, terms: groundTerms ?? "" } : null;
}

/** Borders stay above whatever is drawn: those that are not settled must be seen to be. */
const UNDER = "borders";

/** Draws it, and counts its features in view. */
export async function drawOwn(map: GroundMap, own: OwnGround, theme: Theme): Promise<number> {
  const layers = own.address.endsWith(".pmtiles")
    ? await (await import("./tiles")).addTiles(map, own.address, theme)
    : addShapes(map, own.address, theme);
  for (const layer of layers) map.addLayer(layer, UNDER);
  await Promise.race([
    new Promise<void>((resolve) => void map.once("idle", () => resolve())),
    new Promise<never>((_, refuse) =>
      map.on("error", (event) => (event as { sourceId?: string }).sourceId === "own" && refuse(event.error)),
    ),
  ]);
  return map.queryRenderedFeatures({ layers: layers.filter(({ type }) => type !== "raster").map(({ id }) => id) }).length;
}

/** In the colours of another theme. */
export function repaintOwn(map: GroundMap, theme: Theme): void {
  for (const layer of map.getStyle().layers) {
    if (!("source" in layer) || layer.source !== "own" || layer.type === "raster") continue;
    const paint = shapes(layer["source-layer"] ?? null, theme).find(({ id }) => id === layer.id)?.paint ?? {};
    for (const [name, value] of Object.entries(paint)) map.setPaintProperty(layer.id, name as never, value as never);
  }
}

function addShapes(map: GroundMap, address: string, theme: Theme): LayerSpecification[] {
  map.addSource("own", { type: "geojson", data: address });
  return shapes(null, theme);
}

/**
 * How areas, lines and points are drawn, of a GeoJSON file (`layer` = null) or of a layer of tiles. Water and land are
 * drawn as such where a layer is called so, as in the schemas of Protomaps and OpenMapTiles.
 */
export function shapes(layer: string | null, theme: Theme): LayerSpecification[] {
  const ink = mixed(theme.ink, theme.land, 0.5);
  const part = { source: "own", ...(layer === null ? {} : { "source-layer": layer }) };
  const named = (kind: string) => ["own", layer, kind].filter(Boolean).join("-");
  const only = (type: string): FilterSpecification => ["==", ["geometry-type"], type];
  const solid = { water: theme.sea, ocean: theme.sea, earth: theme.land, land: theme.land }[layer ?? ""];
  return [
    {
      id: named("areas"),
      type: "fill",
      ...part,
      filter: only("Polygon"),
      paint: { "fill-color": solid ?? ink, "fill-opacity": solid ? 1 : 0.1 },
    },
    {
      id: named("lines"),
      type: "line",
      ...part,
      filter: solid ? only("LineString") : ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": solid ?? ink, "line-width": 1 },
    },
    ...(layer === null ? [points(ink, theme, only("Point"))] : []),
  ];
}

/** Points of a file are the user's own marks; those of tiles are towns and shops by the thousand, and are left out. */
const points = (ink: string, theme: Theme, filter: FilterSpecification): LayerSpecification => ({
  id: "own-points",
  type: "circle",
  source: "own",
  filter,
  paint: { "circle-radius": 2.5, "circle-color": ink, "circle-stroke-color": theme.paper, "circle-stroke-width": 1 },
});
