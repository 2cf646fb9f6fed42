/** Draws the scene over the ground on a canvas of its own, so that a change of day need not draw the ground again. */
import type { ControlRecord } from "../record/spells";
import { mixed, strength } from "../record/palette";
import { type Camera, latitude, mercatorX, mercatorY, pixelsPerMetre, worldWidth } from "./camera";
import { drawItems } from "./glyphs";
import { type Label, drawLabels } from "./labels";
import { Stamps, plainInk, reach, stripes } from "./mark";
import { type Scene, drawingOrder, lookKey, lookOf } from "./scene";

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
  /** Stamps hold for one theme, one set of holders and one size of marks. */
  private stamps: { holds: unknown[]; ratio: number; stamps: Stamps } | null = null;
  /** Where each place was last drawn, pixels; NaN = not in view. */
  private x = new Float32Array();
  private y = new Float32Array();
  private readonly ink: CanvasRenderingContext2D;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.ink = plainInk(canvas);
  }

  draw(scene: Scene, camera: Camera): Drawn {
    this.prepare(scene, camera);
    const radius = this.radius(camera);
    const drawn = { marks: 0, labels: 0, items: 0 };
    this.locate(scene, camera);
    if (scene.isControl) drawn.marks += this.drawAreas(scene, camera) + this.drawSpots(scene, radius);
    drawn.items = drawItems(this.ink, scene, this.x, this.y, radius);
    drawn.labels = drawLabels(this.ink, this.labels(scene, radius), scene.theme, camera);
    this.drawChosen(scene, radius);
    return drawn;
  }

  /** The place under the pointer, -1 = none. The nearest wins, and of areas only their middle counts. */
  at(x: number, y: number): number {
    let best = -1;
    let least = NEAR ** 2;
    for (let place = 0; place < this.x.length; place++) {
      const off = ((this.x[place] as number) - x) ** 2 + ((this.y[place] as number) - y) ** 2;
      if (off <= least) [best, least] = [place, off];
    }
    return best;
  }

  /** Where a place was last drawn, or null. */
  where(place: number): { x: number; y: number } | null {
    const x = this.x[place];
    return x === undefined || Number.isNaN(x) ? null : { x, y: this.y[place] as number };
  }

  private radius(camera: Camera): number {
    return townRadius(camera.zoom, this.order.spots.length);
  }

  private prepare(scene: Scene, camera: Camera): void {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(camera.width * ratio), Math.round(camera.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) [this.canvas.width, this.canvas.height] = [width, height];
    this.ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.ink.clearRect(0, 0, camera.width, camera.height);
    if (this.ordered !== scene.record) [this.order, this.ordered] = [drawingOrder(scene.record), scene.record];
    const holds = [scene.theme, scene.record, ratio, this.radius(camera)];
    if (!this.stamps?.holds.every((value, at) => value === holds[at])) this.stamps = { holds, ratio, stamps: new Stamps(scene.theme, ratio) };
  }

  /** Pixels of every place in view; the world goes round, so that the nearest copy is taken. */
  private locate(scene: Scene, camera: Camera): void {
    const n = scene.points.x.length;
    if (this.x.length !== n) [this.x, this.y] = [new Float32Array(n), new Float32Array(n)];
    const scale = worldWidth(camera);
    const [cx, cy] = [mercatorX(camera.lon), mercatorY(camera.lat)];
    for (let place = 0; place < n; place++) {
      let dx = (scene.points.x[place] as number) - cx;
      dx -= Math.round(dx);
      const x = dx * scale + camera.width / 2;
      const y = ((scene.points.y[place] as number) - cy) * scale + camera.height / 2;
      const isSeen = scene.standing.shown[place] && x > -MARGIN && y > -MARGIN && x < camera.width + MARGIN && y < camera.height + MARGIN;
      this.x[place] = isSeen ? x : Number.NaN;
      this.y[place] = isSeen ? y : Number.NaN;
    }
  }

  private drawAreas(scene: Scene, camera: Camera): number {
    let drawn = 0;
    const scale = worldWidth(camera);
    const top = mercatorY(camera.lat) * scale - camera.height / 2;
    for (const place of this.order.areas) {
      const [x, y] = [this.x[place] as number, this.y[place] as number];
      if (Number.isNaN(x)) continue;
      const radius = (scene.record.places.radius_m[place] ?? 0) * pixelsPerMetre(camera, latitude((top + y) / scale));
      drawArea(this.ink, scene, place, x, y, radius);
      drawn++;
    }
    return drawn;
  }

  /** Stamps go to whole pixels of the screen: on parts of pixels each would be sampled anew, at three times the cost. */
  private drawSpots(scene: Scene, radius: number): number {
    let drawn = 0;
    const { stamps, ratio } = this.stamps as { stamps: Stamps; ratio: number };
    this.ink.save();
    this.ink.setTransform(1, 0, 0, 1, 0, 0);
    for (const place of this.order.spots) {
      const x = this.x[place] as number;
      if (Number.isNaN(x)) continue;
      const stamp = stamps.of(lookKey(scene, place), () => lookOf(scene, place, radius));
      const half = stamp.width / 2;
      this.ink.drawImage(stamp, Math.round(x * ratio - half), Math.round((this.y[place] as number) * ratio - half));
      drawn++;
    }
    this.ink.restore();
    return drawn;
  }

  private labels(scene: Scene, radius: number): Label[] {
    const { places } = scene.record;
    const labels: Label[] = [];
    const say = (place: number, isFirm: boolean): void => {
      const look = lookOf(scene, place, radius);
      const [x, y] = [this.x[place] as number, this.y[place] as number];
      if (!Number.isNaN(x)) labels.push({ x, y, off: reach(look) + 3, name: places.name[place] ?? "", local: places.local[place] ?? null, isFaint: look.kind === "silent", isFirm });
    };
    for (const place of [scene.hovered, scene.chosen]) if (place >= 0) say(place, true);
    const { spots } = this.order;
    for (let at = spots.length - 1; at >= 0 && labels.length < 400; at--) say(spots[at] as number, false);
    return labels;
  }

  private drawChosen(scene: Scene, radius: number): void {
    for (const place of [scene.chosen, scene.hovered]) {
      const at = place < 0 ? null : this.where(place);
      if (!at) continue;
      const look = lookOf(scene, place, radius);
      this.ink.beginPath();
      this.ink.arc(at.x, at.y, reach(look) + 4, 0, 2 * Math.PI);
      this.ink.lineWidth = place === scene.chosen ? 2 : 1;
      this.ink.strokeStyle = scene.theme.ink;
      this.ink.stroke();
    }
  }
}

/** An area: what is told of a district or a stretch of land, as wide as its radius, never as if its border were known. */
function drawArea(ink: CanvasRenderingContext2D, scene: Scene, place: number, x: number, y: number, radius: number): void {
  const look = lookOf(scene, place, radius);
  const { theme } = scene;
  const isTold = look.kind === "held" || look.kind === "contested";
  ink.save();
  ink.beginPath();
  ink.arc(x, y, Math.max(3, radius), 0, 2 * Math.PI);
  if (isTold) {
    ink.globalAlpha = 0.1 + 0.16 * strength(look.confidence);
    ink.fillStyle = look.colour;
    if (look.kind === "held") ink.fill();
    ink.globalAlpha = 1;
  }
  ink.lineWidth = isTold ? 1.2 : 0.8;
  ink.setLineDash(isTold && !look.isDashed ? [] : [2, 4]);
  ink.strokeStyle = isTold ? mixed(look.colour, theme.land, 0.7) : theme.faint;
  ink.stroke();
  if (look.kind === "contested") hatch(ink, x, y, radius, look.colour);
  ink.restore();
}

function hatch(ink: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  ink.clip();
  ink.globalAlpha = 0.3;
  ink.translate(x, y);
  stripes(ink, radius, colour, 4);
}
