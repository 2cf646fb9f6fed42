/** Names on the map, in Latin and in Arabic script: the most spoken of first, none over another. */
import type { Theme } from "../record/palette";

export interface Label {
  x: number;
  y: number;
  /** Pixels from the middle of the mark to the words. */
  off: number;
  /** One line or, in two scripts, two. */
  lines: string[];
  isFaint: boolean;
  /** Drawn even where there is no room: what the reader points at. */
  isFirm: boolean;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface View {
  width: number;
  height: number;
}

const SIZE = 12.5;
const LINE = 15;
const FACE = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Noto Naskh Arabic', sans-serif";
/** Labels on one view: more is a carpet. */
const MOST = 60;
/** Names of places told of, the most spoken of first, that are written over marks where there is no other room. */
const FOREMOST = 4;

const widths = new Map<string, number>();
function width(ink: CanvasRenderingContext2D, words: string): number {
  let known = widths.get(words);
  if (known === undefined) widths.set(words, (known = ink.measureText(words).width));
  return known;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const isWhole = (box: Box, view: View): boolean =>
  box.left > 2 && box.top > 2 && box.right < view.width - 2 && box.bottom < view.height - 2;

/** Beside the mark, right or else left; under or over it where neither has room. */
function places(label: Label, wide: number, tall: number): Box[] {
  const { x, y, off } = label;
  const at = (left: number, top: number): Box => ({ left, top, right: left + wide, bottom: top + tall });
  return [
    at(x + off, y - tall / 2),
    at(x - off - wide, y - tall / 2),
    at(x - wide / 2, y + off),
    at(x - wide / 2, y - off - tall),
  ];
}

/** Draws what finds room, and says how many did. */
export function drawLabels(ink: CanvasRenderingContext2D, labels: Label[], theme: Theme, view: View): number {
  ink.font = `500 ${SIZE}px ${FACE}`;
  ink.textBaseline = "middle";
  ink.textAlign = "center";
  ink.lineJoin = "round";
  const marks = labels.map(({ x, y, off }) => ({
    left: x - off + 3,
    right: x + off - 3,
    top: y - off + 3,
    bottom: y + off - 3,
  }));
  const taken: Box[] = [];
  for (const [rank, label] of labels.entries()) {
    if (taken.length >= MOST) break;
    const { lines } = label;
    const boxes = places(label, Math.max(...lines.map((words) => width(ink, words))), lines.length * LINE);
    const box =
      roomFor(boxes, taken, marks, view, rank < FOREMOST && !label.isFaint) ?? (label.isFirm ? boxes[0] : undefined);
    if (!box) continue;
    taken.push(box);
    lines.forEach((words, at) =>
      write(ink, words, (box.left + box.right) / 2, box.top + LINE * (at + 0.5), label, theme),
    );
  }
  return taken.length;
}

/** The first box that covers nothing; for the foremost names one that covers marks is better than none. */
function roomFor(boxes: Box[], taken: Box[], marks: Box[], view: View, isForemost: boolean): Box | undefined {
  const free = boxes.filter((box) => isWhole(box, view) && !taken.some((other) => overlaps(box, other)));
  return free.find((box) => !marks.some((mark) => overlaps(box, mark))) ?? (isForemost ? free[0] : undefined);
}

function write(ink: CanvasRenderingContext2D, words: string, x: number, y: number, label: Label, theme: Theme): void {
  ink.strokeStyle = theme.land;
  ink.lineWidth = 3;
  ink.strokeText(words, x, y);
  ink.fillStyle = label.isFaint ? theme.faint : theme.ink;
  ink.fillText(words, x, y);
}
