/**
 * An area: what is told of a district or a stretch of land as a whole, as wide as it is taken to be, never as if its
 * border were known.
 *
 * Filled = held, paler = less sure; striped = contested; ringed = besieged; dashed = disputed, unsupported or not known
 * any more; dotted = no word at all.
 */
import { type Theme, mixed, strength } from "../record/palette";
import { type MarkLook, stripes } from "./mark";

/** Pixels: a smaller circle would not be seen. */
const SMALLEST = 3;
/** Pixels from an area's edge to the ring of who besieges it. */
const RING_GAP = 4;
const DASHED = [5, 4];
const DOTTED = [2, 4];

export function drawArea(
  ink: CanvasRenderingContext2D,
  look: MarkLook,
  theme: Theme,
  { x, y }: { x: number; y: number },
): void {
  const isTold = look.kind === "held" || look.kind === "contested";
  const radius = Math.max(SMALLEST, look.radius);
  ink.save();
  ink.translate(x, y);
  circle(ink, radius);
  if (look.kind === "held") {
    ink.globalAlpha = 0.1 + 0.16 * strength(look.confidence);
    ink.fillStyle = look.colour;
    ink.fill();
    ink.globalAlpha = 1;
  }
  ink.lineWidth = isTold ? 1.2 : 0.8;
  ink.setLineDash(look.kind === "silent" ? DOTTED : isTold && !look.isDashed ? [] : DASHED);
  ink.strokeStyle = isTold ? mixed(look.colour, theme.land, 0.7) : theme.faint;
  ink.stroke();
  if (look.besieger) ring(ink, radius + RING_GAP, look.besieger);
  if (look.kind === "contested") hatch(ink, radius, look.colour);
  ink.restore();
}

function circle(ink: CanvasRenderingContext2D, radius: number): void {
  ink.beginPath();
  ink.arc(0, 0, radius, 0, 2 * Math.PI);
}

function ring(ink: CanvasRenderingContext2D, radius: number, colour: string): void {
  circle(ink, radius);
  ink.setLineDash([]);
  ink.lineWidth = 2;
  ink.strokeStyle = colour;
  ink.stroke();
}

function hatch(ink: CanvasRenderingContext2D, radius: number, colour: string): void {
  circle(ink, radius);
  ink.clip();
  ink.setLineDash([]);
  ink.globalAlpha = 0.3;
  stripes(ink, radius, colour, 4);
}
