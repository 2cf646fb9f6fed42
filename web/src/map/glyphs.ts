/**
 * Signs for what besides control is told of a place on the day: each layer has a shape of its own, set around the
 * mark.
 */
import type { Item } from "../record/layers";
import type { LayerName } from "../record/wire";
import type { Scene } from "./scene";

type Draw = (ink: CanvasRenderingContext2D, size: number) => void;

const path =
  (points: [number, number][]): Draw =>
  (ink, size) => {
    ink.beginPath();
    points.forEach(([x, y], at) => (at ? ink.lineTo(x * size, y * size) : ink.moveTo(x * size, y * size)));
    ink.closePath();
    ink.fill();
    ink.stroke();
  };

const star: [number, number][] = Array.from({ length: 16 }, (_, at) => {
  const [turn, far] = [(at * Math.PI) / 8, at % 2 ? 0.5 : 1.1];
  return [Math.sin(turn) * far, -Math.cos(turn) * far];
});

/** Two strokes and one across: "not equal". */
const unequal: Draw = (ink, size) => {
  ink.beginPath();
  ink.arc(0, 0, size * 1.1, 0, 2 * Math.PI);
  ink.fill();
  ink.stroke();
  ink.beginPath();
  for (const y of [-0.28, 0.28]) {
    ink.moveTo(-size * 0.6, y * size);
    ink.lineTo(size * 0.6, y * size);
  }
  ink.moveTo(-size * 0.4, size * 0.75);
  ink.lineTo(size * 0.4, -size * 0.75);
  ink.stroke();
};

export const SHAPE: { [name in LayerName]: Draw } = {
  events: path(star),
  tolls: path([
    [0, -1.1],
    [1.1, 0],
    [0, 1.1],
    [-1.1, 0],
  ]),
  presences: path([
    [0, -1],
    [1, 0.8],
    [-1, 0.8],
  ]),
  movements: path([
    [-0.8, -0.9],
    [1, 0],
    [-0.8, 0.9],
    [-0.3, 0],
  ]),
  contradictions: unequal,
};

/** Where around the mark each layer stands, so that signs of one place do not cover each other; radians, 0 = right. */
const TURN: { [name in LayerName]: number } = {
  events: -Math.PI / 4,
  tolls: Math.PI / 4,
  presences: (-3 * Math.PI) / 4,
  movements: (3 * Math.PI) / 4,
  contradictions: -Math.PI / 2,
};

/** Days of doubt from which a sign is drawn pale: its day is only one of some weeks. */
const VAGUE = 15;

export function drawItems(
  ink: CanvasRenderingContext2D,
  scene: Scene,
  x: Float32Array,
  y: Float32Array,
  radius: number,
): number {
  const inView = scene.items.filter((item) => item.place >= 0 && !Number.isNaN(x[item.place]));
  ink.save();
  for (const item of inView)
    if (item.to >= 0 && !Number.isNaN(x[item.to]))
      arrow(
        ink,
        scene,
        [x[item.place] as number, y[item.place] as number],
        [x[item.to] as number, y[item.to] as number],
        radius,
      );
  for (const { item, times } of gathered(inView)) {
    ink.save();
    const off = radius + 8;
    ink.translate(
      (x[item.place] as number) + Math.cos(TURN[item.layer]) * off,
      (y[item.place] as number) + Math.sin(TURN[item.layer]) * off,
    );
    ink.globalAlpha = item.width >= VAGUE ? 0.45 : 1;
    sign(ink, scene, item, times);
    ink.restore();
  }
  ink.restore();
  return inView.length;
}

/** One sign for all items of a layer at a place, with their number. */
function gathered(items: Item[]): { item: Item; times: number }[] {
  const by = new Map<string, { item: Item; times: number }>();
  for (const item of items) {
    const key = `${item.layer} ${item.place}`;
    const known = by.get(key);
    if (known) known.times++;
    else by.set(key, { item, times: 1 });
  }
  return [...by.values()];
}

function sign(ink: CanvasRenderingContext2D, { theme }: Scene, item: Item, times: number): void {
  ink.fillStyle = theme.paper;
  ink.strokeStyle = theme.ink;
  ink.lineWidth = 1.4;
  if (item.layer === "events" || item.layer === "movements") ink.fillStyle = theme.ink;
  SHAPE[item.layer](ink, 5);
  if (times < 2) return;
  ink.font = "600 9px system-ui, sans-serif";
  ink.textAlign = "left";
  ink.textBaseline = "middle";
  ink.strokeStyle = theme.land;
  ink.lineWidth = 3;
  ink.strokeText(String(times), 7, 0);
  ink.fillStyle = theme.ink;
  ink.fillText(String(times), 7, 0);
}

/** A bent line with a head, from one place to the other; bent, so that nobody takes it for a road. */
function arrow(
  ink: CanvasRenderingContext2D,
  { theme }: Scene,
  [ax, ay]: [number, number],
  [bx, by]: [number, number],
  radius: number,
): void {
  const length = Math.hypot(bx - ax, by - ay);
  if (length < radius * 3) return;
  const [mx, my] = [(ax + bx) / 2 - (by - ay) * 0.18, (ay + by) / 2 + (bx - ax) * 0.18];
  const turn = Math.atan2(by - my, bx - mx);
  const [ex, ey] = [bx - Math.cos(turn) * (radius + 3), by - Math.sin(turn) * (radius + 3)];
  ink.beginPath();
  ink.moveTo(ax, ay);
  ink.quadraticCurveTo(mx, my, ex, ey);
  ink.lineWidth = 1.6;
  ink.strokeStyle = theme.ink;
  ink.stroke();
  ink.beginPath();
  for (const side of [-0.4, 0.4]) {
    ink.moveTo(ex, ey);
    ink.lineTo(ex - Math.cos(turn + side) * 8, ey - Math.sin(turn + side) * 8);
  }
  ink.stroke();
}
