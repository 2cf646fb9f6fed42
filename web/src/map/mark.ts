/**
 * One mark: what is told of a place on a day, as a small picture.
 *
 * Colour and letter = holder; paleness = doubt; stripes = contested; outer ring = besieged, in the besieger's colour;
 * dashed edge = disputed or unsupported; hollow = not known; a speck = no word at all. A square is a site, a disc a town.
 */
import { type Theme, mixed, strength } from "../record/palette";
import { type Stamp, stampOf } from "./sheet";

export interface MarkLook {
  kind: "held" | "contested" | "unknown" | "silent";
  /** The holder's colour; the ink's where none is told. */
  colour: string;
  letter: string;
  besieger: string | null;
  confidence: number;
  isDashed: boolean;
  isSite: boolean;
  /** Pixels. */
  radius: number;
}

/** Pixels from which a letter can be read in a mark. */
const LETTER_RADIUS = 5.4;
/** Pixels between a mark and the ring of who besieges it. */
const RING_GAP = 2.2;

/** How far the mark reaches from its middle, pixels. */
export const reach = (look: MarkLook): number => look.radius + (look.besieger ? RING_GAP + 2.5 : 1.5);

function outline(ink: CanvasRenderingContext2D, look: MarkLook, radius: number): void {
  ink.beginPath();
  if (look.isSite) ink.roundRect(-radius * 0.86, -radius * 0.86, radius * 1.72, radius * 1.72, radius * 0.18);
  else ink.arc(0, 0, radius, 0, 2 * Math.PI);
}

function fill(ink: CanvasRenderingContext2D, look: MarkLook, theme: Theme): void {
  ink.fillStyle = mixed(look.colour, theme.paper, look.kind === "contested" ? 0.16 : strength(look.confidence));
  ink.fill();
  if (look.kind !== "contested") return;
  ink.save();
  ink.clip();
  stripes(ink, look.radius, look.besieger ?? look.colour, Math.max(1.6, look.radius / 3.2));
  ink.restore();
}

/** Stripes from bottom left to top right. */
export function stripes(ink: CanvasRenderingContext2D, radius: number, colour: string, width: number): void {
  ink.strokeStyle = colour;
  ink.lineWidth = width;
  ink.beginPath();
  for (let at = -2 * radius; at <= 2 * radius; at += width * 2.1) {
    ink.moveTo(at - radius, radius);
    ink.lineTo(at + radius, -radius);
  }
  ink.stroke();
}

function edge(ink: CanvasRenderingContext2D, look: MarkLook, theme: Theme): void {
  outline(ink, look, look.radius);
  ink.lineWidth = look.kind === "held" || look.kind === "contested" ? 1.3 : 1.1;
  ink.strokeStyle = look.kind === "silent" ? theme.faint : mixed(look.colour, theme.ink, theme.isDark ? 0.9 : 0.82);
  if (look.isDashed) ink.setLineDash([2.4, 1.8]);
  ink.stroke();
  ink.setLineDash([]);
}

function ring(ink: CanvasRenderingContext2D, look: MarkLook, colour: string): void {
  outline(ink, look, look.radius + RING_GAP);
  ink.lineWidth = 2;
  ink.strokeStyle = colour;
  ink.stroke();
}

/** White on strong colours, ink on pale ones. */
function letter(ink: CanvasRenderingContext2D, look: MarkLook, theme: Theme): void {
  const isStrong = look.kind === "held" && strength(look.confidence) > 0.62;
  ink.fillStyle = isStrong ? theme.paper : theme.ink;
  ink.font = `600 ${Math.round(look.radius * 1.15)}px system-ui, sans-serif`;
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.fillText(look.letter, 0, look.radius * 0.08);
}

/** Draws the mark around the origin. */
export function drawMark(ink: CanvasRenderingContext2D, look: MarkLook, theme: Theme): void {
  // A halo of paper keeps neighbours apart.
  outline(ink, look, look.radius + (look.besieger ? RING_GAP + 2 : 1.4));
  ink.fillStyle = theme.paper;
  if (look.kind !== "silent") ink.fill();
  outline(ink, look, look.radius);
  if (look.kind === "held" || look.kind === "contested") fill(ink, look, theme);
  else if (look.kind === "unknown") {
    ink.fillStyle = theme.paper;
    ink.fill();
  }
  edge(ink, look, theme);
  if (look.besieger) ring(ink, look, look.besieger);
  if (look.kind === "held" && look.radius >= LETTER_RADIUS) letter(ink, look, theme);
}

/** The pen of a canvas that is kept in plain memory: small pictures are drawn there faster than on a graphics card. */
export const plainInk = (canvas: HTMLCanvasElement): CanvasRenderingContext2D =>
  canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;

/** Marks that look the same are drawn once and copied. */
export class Stamps {
  private readonly made = new Map<number, Stamp>();

  constructor(
    private readonly theme: Theme,
    private readonly ratio: number,
  ) {}

  /** The stamp of a key; `look` tells what to draw where there is none yet. */
  of(key: number, look: () => MarkLook): Stamp {
    let stamp = this.made.get(key);
    if (!stamp) this.made.set(key, (stamp = this.make(look())));
    return stamp;
  }

  private make(look: MarkLook): Stamp {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * Math.ceil(reach(look) * this.ratio);
    const ink = plainInk(canvas);
    ink.translate(canvas.width / 2, canvas.height / 2);
    ink.scale(this.ratio, this.ratio);
    drawMark(ink, look, this.theme);
    return stampOf(ink);
  }
}
