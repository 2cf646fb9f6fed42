/**
 * The ground that the record is drawn on: land, borders, rivers and lakes of the whole world, offline.
 *
 * Source: `world_50m` of the npm package plotly.js (MIT), whose land and countries follow the United Nations' geodata and
 * whose rivers and lakes are Natural Earth's (public domain). A border that either side disputes, or that the United
 * Nations draws as not settled, goes into a list of its own and is drawn dashed; no country is named and none is coloured.
 *
 * Out: `made/basemap.json`, whole numbers: lines as [lon, lat, dlon, dlat, ...] in steps of 1/SCALE degree.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { merge, mesh } from "topojson-client";

/** Steps a degree: 1/500 degree is some 200 m, finer than the source, whose points lie 1 to 5 km apart. */
const SCALE = 500;
/**
 * Degrees that a point may lie off the simplified line; found by the eye at zoom 8, and by the 700 kB that a page may
 * weigh.
 */
const TOLERANCE = 0.012;
/** Square degrees below which an island or a lake is left out: about 3 km by 3 km. */
const SMALLEST = 0.0009;

/**
 * Units that plotly.js marks as disputed begin with X (Abyei, Aksai Chin, Bir Tawil, Hala'ib, Ilemi, Jammu and
 * Kashmir).
 */
const isUnsettled = (id) => id.startsWith("X");
/** Lines that United Nations maps draw as not settled, by the countries on either side. */
const UNSETTLED = new Set([
  "ESH-MAR",
  "DZA-ESH",
  "ESH-MRT",
  "ISR-PSE",
  "EGY-PSE",
  "JOR-PSE",
  "ISR-SYR",
  "ISR-LBN",
  "LBN-SYR",
  "PRK-KOR",
  "KOR-PRK",
  "SDN-SSD",
  "CHN-IND",
  "BTN-CHN",
  "IND-PAK",
  "EGY-SDN",
]);

function readWorld() {
  const file = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-geo-assets.js");
  const page = {};
  // The file is made for a page: it hangs its data on `window`, which is given to it here.
  new Function("window", "globalThis", "self", readFileSync(file, "utf8"))(page, page, page);
  return page.Plotly.topojson.world_50m;
}

/** An arc's points in degrees; topologies store the steps between them as whole numbers. */
function inDegrees(arc, { scale, translate }) {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
}

function distance([x, y], [ax, ay], [bx, by]) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** Douglas and Peucker's simplification (doi:10.3138/FM57-6770-U75U-7727); ends stay, so that neighbours still meet. */
function simplify(points, tolerance) {
  if (points.length < 3) return points;
  let worst = 0;
  let at = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const off = distance(points[i], points[0], points.at(-1));
    if (off > worst) [worst, at] = [off, i];
  }
  if (worst <= tolerance) return [points[0], points.at(-1)];
  return [...simplify(points.slice(0, at + 1), tolerance), ...simplify(points.slice(at), tolerance).slice(1)];
}

function area(ring) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return Math.abs(twice / 2);
}

/** Points as steps of whole numbers, repeated ones left out. */
function steps(points) {
  const out = [];
  let [x, y] = [0, 0];
  for (const [lon, lat] of points) {
    const [u, v] = [Math.round(lon * SCALE), Math.round(lat * SCALE)];
    if (out.length && u === x && v === y) continue;
    out.push(u - x, v - y);
    [x, y] = [u, v];
  }
  return out;
}

const polygons = (coordinates) =>
  coordinates
    .map((rings) =>
      rings
        .filter((ring) => area(ring) >= SMALLEST)
        .map(steps)
        .filter((ring) => ring.length >= 8),
    )
    .filter((rings) => rings.length);
const lines = (coordinates) => coordinates.map(steps).filter((line) => line.length >= 4);

const world = readWorld();
const topology = {
  ...world,
  transform: undefined,
  arcs: world.arcs.map((arc) => simplify(inDegrees(arc, world.transform), TOLERANCE)),
};
const countries = topology.objects.countries;
const isDashed = (a, b) => isUnsettled(a.id) || isUnsettled(b.id) || UNSETTLED.has([a.id, b.id].sort().join("-"));
const each = (object) =>
  merge(
    topology,
    object.geometries.filter((shape) => shape.type?.endsWith("Polygon")),
  ).coordinates;
const basemap = {
  scale: SCALE,
  land: polygons(each(countries)),
  lakes: polygons(each(topology.objects.lakes)),
  rivers: lines(mesh(topology, topology.objects.rivers).coordinates),
  borders: lines(mesh(topology, countries, (a, b) => a !== b && a.id !== b.id && !isDashed(a, b)).coordinates),
  disputed: lines(mesh(topology, countries, (a, b) => a !== b && a.id !== b.id && isDashed(a, b)).coordinates),
};
mkdirSync(new URL("made/", import.meta.url), { recursive: true });
writeFileSync(new URL("made/basemap.json", import.meta.url), JSON.stringify(basemap));
