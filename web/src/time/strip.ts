/** The strip under the slider: how many claims speak of each day, by kind, and when places changed hands. */
import { type Look, type Theme, mixed } from "../record/palette";
import type { Changes } from "../record/spells";
import type { Activity, Kind } from "../record/wire";
import { type Span, along, axis } from "./days";

export const KINDS: readonly Kind[] = ["control", "event", "presence", "movement", "toll"];
/** Shares of ink: kinds are told apart by tone, so that no holder's colour is spent on them. */
const TONE: { [kind in Kind]: number } = { control: 0.92, event: 0.62, presence: 0.44, movement: 0.3, toll: 0.18 };
export const toneOf = (kind: Kind, theme: Theme): string => mixed(theme.ink, theme.paper, TONE[kind]);

/** Pixels at the top for changes of control, and at the foot for the axis. */
const CHANGES = 12;
const AXIS = 15;

export interface StripScene {
  activity: Activity;
  changes: Changes;
  looks: Look[];
  span: Span;
  theme: Theme;
}

/** Claims by column of pixels: [kind][column]. A column holds a day or, where days are many, several. */
export function columns(
  activity: Activity,
  span: Span,
  width: number,
  bar: number,
): { counts: Float64Array[]; most: number } {
  const n = Math.max(1, Math.ceil(width / bar));
  const counts = KINDS.map(() => new Float64Array(n));
  const sums = new Float64Array(n);
  activity.days.forEach((day, at) => {
    if (day < span.first || day > span.last) return;
    const column = Math.min(n - 1, Math.floor(along(day, span, width) / bar));
    KINDS.forEach((kind, k) => {
      const claims = activity[kind][at] ?? 0;
      (counts[k] as Float64Array)[column] = ((counts[k] as Float64Array)[column] ?? 0) + claims;
      sums[column] = (sums[column] as number) + claims;
    });
  });
  return { counts, most: Math.max(1, ...sums) };
}

export function drawStrip(ink: CanvasRenderingContext2D, scene: StripScene, width: number, height: number): void {
  ink.clearRect(0, 0, width, height);
  drawAxis(ink, scene, width, height);
  drawClaims(ink, scene, width, height);
  drawChanges(ink, scene, width);
}

function drawClaims(
  ink: CanvasRenderingContext2D,
  { activity, span, theme }: StripScene,
  width: number,
  height: number,
): void {
  const days = span.last - span.first + 1;
  const bar = Math.max(2, Math.min(6, width / days));
  const { counts, most } = columns(activity, span, width, bar);
  const room = height - CHANGES - AXIS - 2;
  const floor = height - AXIS;
  const used = new Float64Array(counts[0]?.length ?? 0);
  counts.forEach((row, k) => {
    ink.fillStyle = toneOf(KINDS[k] as Kind, theme);
    row.forEach((claims, column) => {
      if (!claims) return;
      // Roots, as busy days would flatten all others; the kinds share the bar by their counts.
      const [from, to] = [used[column] as number, (used[column] as number) + claims].map(
        (sum) => Math.sqrt(sum / most) * room,
      ) as [number, number];
      ink.fillRect(column * bar, floor - to, Math.max(1, bar - 0.6), to - from);
      used[column] = (used[column] as number) + claims;
    });
  });
}

function drawChanges(ink: CanvasRenderingContext2D, { changes, looks, span, theme }: StripScene, width: number): void {
  const seen = new Set<number>();
  ink.globalAlpha = changes.day.length > width ? 0.35 : 1;
  for (let at = 0; at < changes.day.length; at++) {
    const [day, holder] = [changes.day[at] as number, changes.holder[at] as number];
    if (day < span.first || day > span.last) continue;
    const x = Math.round(along(day, span, width));
    // One mark a holder and pixel: ten thousand on one another tell no more.
    const mark = x * looks.length + holder;
    if (seen.has(mark)) continue;
    seen.add(mark);
    ink.fillStyle = looks[holder]?.colour ?? theme.ink;
    ink.beginPath();
    ink.moveTo(x - 3.5, 1);
    ink.lineTo(x + 3.5, 1);
    ink.lineTo(x, 8);
    ink.fill();
  }
  ink.globalAlpha = 1;
}

function drawAxis(ink: CanvasRenderingContext2D, { span, theme }: StripScene, width: number, height: number): void {
  ink.fillStyle = theme.faint;
  ink.strokeStyle = mixed(theme.ink, theme.paper, 0.16);
  ink.font = "11px system-ui, sans-serif";
  ink.textBaseline = "alphabetic";
  ink.lineWidth = 1;
  for (const { day, words } of axis(span, Math.max(2, width / 70))) {
    const x = Math.round(along(day, span, width)) + 0.5;
    ink.beginPath();
    ink.moveTo(x, CHANGES);
    ink.lineTo(x, height - AXIS + 3);
    ink.stroke();
    ink.textAlign = x > width - 30 ? "right" : "left";
    ink.fillText(words, x + (x > width - 30 ? -3 : 3), height - 3);
  }
}

/** What the strip says of a day, for the pointer. */
export function dayOnStrip(activity: Activity, day: number): string {
  const at = activity.days.indexOf(day);
  if (at < 0) return "no claims";
  return (
    KINDS.filter((kind) => activity[kind][at])
      .map((kind) => `${activity[kind][at]} ${kind}`)
      .join(", ") || "no claims"
  );
}
