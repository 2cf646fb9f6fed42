/** Draws the scene over the ground on canvases of its own, so that a change of day need not draw the ground again. */
import type { Script } from "../record/address";
import type { ControlRecord } from "../record/spells";
import type { PlaceColumns } from "../record/wire";
import { drawArea } from "./area";
import { type Camera, latitude, mercatorX, mercatorY, pixelsPerMetre, worldWidth } from "./camera";
import { drawItems } from "./glyphs";
import { type Label, drawLabels } from "./labels";
import { Stamps, plainInk, reach } from "./mark";
import { type Scene, drawingOrder, lookKey, lookOf } from "./scene";
import { Sheet } from "./sheet";

/** Names that are tried for room on the map. */
const CANDIDATES = 140;
/** Pixels around a mark that signs of layers take. */
const SIGN = 15;
/** Pixels from a mark to what is written beside its ring, once it is chosen. */
const RING = 8;
/** Pixels beyond the edge within which things are still drawn. */
const MARGIN = 40;
/** Pixels around a mark in which it can be hit: a finger is less exact than a mouse. */
const NEAR = 14;

/** A town's radius in pixels: enough for a letter from about zoom 6 on; smaller where thousands crowd. */
export const townRadius = (zoom: number, crowd: number): number => {
  const full = Math.max(2.6, Math.min(9, 1.5 + zoom * 0.95));
  return Math.round((crowd > 1500 ? full * 0.72 : full) * 2) / 2;
};

export interface Drawn {
  /** Marks and areas that lie in view. */
  marks: number;
  labels: number;
  items: number;
}

export class Overlay {
  private order: ReturnType<typeof drawingOrder> = { areas: [], spots: new Int32Array() };
  private ordered: ControlRecord | null = null;
  /** Stamps hold for one theme, one record and one size of marks. */
  private stamps = { holds: [] as unknown[], made: null as Stamps | null };
  /** Where each place lies, pixels; NaN = not in view. */
  private x = new Float32Array();
  private y = new Float32Array();
  private isShown: Uint8Array = new Uint8Array();
  /** What places were last looked up in view for. */
  private located: unknown[] = [];
  private radius = 0;
  private ratio = 1;
  private readonly areas: CanvasRenderingContext2D;
  private readonly marks: Sheet;
  private readonly words: CanvasRenderingContext2D;

  /** Three canvases on one another: areas, marks, and what is written and pointed at. */
  constructor(areas: HTMLCanvasElement, marks: HTMLCanvasElement, words: HTMLCanvasElement) {
    this.areas = plainInk(areas);
    this.marks = new Sheet(marks);
    this.words = plainInk(words);
  }

  draw(scene: Scene, camera: Camera): Drawn {
    this.prepare(scene, camera);
    this.locate(scene, camera);
    const marks = scene.isControl ? this.drawAreas(scene, camera) + this.drawSpots(scene) : 0;
    this.marks.show();
    const items = drawItems(this.words, scene, this.x, this.y, this.radius);
    const labels = drawLabels(this.words, this.labels(scene), scene.theme, camera);
    this.drawChosen(scene);
    return { marks, labels, items };
  }

  /** The place under the pointer, -1 = none: the nearest middle of a mark. */
  at(x: number, y: number): number {
    let best = -1;
    let least = NEAR ** 2;
    for (let place = 0; place < this.x.length; place++) {
      const off = ((this.x[place] as number) - x) ** 2 + ((this.y[place] as number) - y) ** 2;
      if (off <= least && this.isShown[place]) [best, least] = [place, off];
    }
    return best;
  }

  /** Where a place lies, or null where it is not in view. */
  where(place: number): { x: number; y: number } | null {
    const x = this.x[place];
    return x === undefined || Number.isNaN(x) || !this.isShown[place] ? null : { x, y: this.y[place] as number };
  }

  private prepare(scene: Scene, camera: Camera): void {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(camera.width * this.ratio), Math.round(camera.height * this.ratio)];
    for (const ink of [this.areas, this.words]) {
      if (ink.canvas.width !== width || ink.canvas.height !== height)
        [ink.canvas.width, ink.canvas.height] = [width, height];
      ink.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      ink.clearRect(0, 0, camera.width, camera.height);
    }
    this.marks.clear(width, height);
    if (this.ordered !== scene.record) [this.order, this.ordered] = [drawingOrder(scene.record), scene.record];
    this.radius = townRadius(camera.zoom, this.order.spots.length);
    this.isShown = scene.standing.shown;
    const holds = [scene.theme, scene.record, this.ratio, this.radius];
    if (!isSame(this.stamps.holds, holds)) this.stamps = { holds, made: new Stamps(scene.theme, this.ratio) };
  }

  /** Pixels of every place in view; the world goes round, so that the nearest copy is taken. */
  private locate(scene: Scene, camera: Camera): void {
    const wanted = [scene.record, camera.lon, camera.lat, camera.zoom, camera.width, camera.height];
    if (isSame(this.located, wanted)) return;
    this.located = wanted;
    const n = scene.points.x.length;
    if (this.x.length !== n) [this.x, this.y] = [new Float32Array(n), new Float32Array(n)];
    const scale = worldWidth(camera);
    const [cx, cy] = [mercatorX(camera.lon), mercatorY(camera.lat)];
    for (let place = 0; place < n; place++) {
      let dx = (scene.points.x[place] as number) - cx;
      dx -= Math.round(dx);
      const x = dx * scale + camera.width / 2;
      const y = ((scene.points.y[place] as number) - cy) * scale + camera.height / 2;
      const isSeen = x > -MARGIN && y > -MARGIN && x < camera.width + MARGIN && y < camera.height + MARGIN;
      this.x[place] = isSeen ? x : Number.NaN;
      this.y[place] = isSeen ? y : Number.NaN;
    }
  }

  private drawAreas(scene: Scene, camera: Camera): number {
    let drawn = 0;
    const scale = worldWidth(camera);
    const top = mercatorY(camera.lat) * scale - camera.height / 2;
    for (const place of this.order.areas) {
      const at = this.where(place);
      if (!at) continue;
      const radius =
        (scene.record.places.radius_m[place] ?? 0) * pixelsPerMetre(camera, latitude((top + at.y) / scale));
      drawArea(this.areas, { ...lookOf(scene, place, radius), radius }, scene.theme, at);
      drawn++;
    }
    return drawn;
  }

  private drawSpots(scene: Scene): number {
    let drawn = 0;
    const stamps = this.stamps.made as Stamps;
    for (const place of this.order.spots) {
      const x = this.x[place] as number;
      if (Number.isNaN(x) || !this.isShown[place]) continue;
      const stamp = stamps.of(lookKey(scene, place), () => lookOf(scene, place, this.radius));
      const half = stamp.size / 2;
      this.marks.put(
        stamp,
        Math.round(x * this.ratio - half),
        Math.round((this.y[place] as number) * this.ratio - half),
      );
      drawn++;
    }
    return drawn;
  }

  private labels(scene: Scene): Label[] {
    const { places } = scene.record;
    const labels: Label[] = [];
    const signed = new Set(scene.items.map(({ place }) => place));
    const say = (place: number, isFirm: boolean): void => {
      const at = this.where(place);
      if (!at) return;
      const look = lookOf(scene, place, this.radius);
      labels.push({
        ...at,
        off: reach(look) + (signed.has(place) ? SIGN : place === scene.chosen ? RING : 3),
        lines: namesOf(places, place, scene.names),
        isFaint: look.kind === "silent",
        isFirm,
      });
    };
    for (const place of [scene.hovered, scene.chosen]) if (place >= 0) say(place, true);
    const { spots } = this.order;
    for (let at = spots.length - 1; at >= 0 && labels.length < CANDIDATES; at--)
      if (spots[at] !== scene.chosen && spots[at] !== scene.hovered) say(spots[at] as number, false);
    return labels;
  }

  private drawChosen(scene: Scene): void {
    const ink = this.words;
    for (const place of [scene.chosen, scene.hovered]) {
      const at = place < 0 ? null : this.where(place);
      if (!at) continue;
      ink.beginPath();
      ink.arc(at.x, at.y, reach(lookOf(scene, place, this.radius)) + 4, 0, 2 * Math.PI);
      ink.lineWidth = place === scene.chosen ? 2 : 1;
      ink.strokeStyle = scene.theme.ink;
      ink.stroke();
    }
  }
}

/** A place without a name in Arabic script is written in Latin whatever is chosen. */
function namesOf(places: PlaceColumns, place: number, script: Script): string[] {
  const [name, local] = [places.name[place] ?? "", places.local[place]];
  if (!local || script === "latin") return [name];
  return script === "local" ? [local] : [name, local];
}

const isSame = (a: unknown[], b: unknown[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at]);
