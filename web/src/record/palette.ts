/**
 * Colours and letters of the holders. They go by days held, most first, so that no camp has a colour of its own.
 *
 * The seven hues are those of the record's other pages (after Okabe and Ito, darkened for a white ground): people who see
 * red and green alike tell them apart, in both themes; each holder also has a letter, and hatching tells the contested, so
 * that nothing rests on colour alone.
 */
const LIGHT = ["#0b6aa8", "#c2570a", "#007a5c", "#9a4f86", "#7d6608", "#4f5d75", "#a83232"];
const DARK = ["#5aaee0", "#f0904a", "#3fbf9a", "#d28fc0", "#d9bf4a", "#9fb0cc", "#e07a7a"];
/** All holders after the seventh share a grey, and differ by their letters. */
const REST = { light: "#6b6b6b", dark: "#a9a9a9" };

export interface Look {
  colour: string;
  letter: string;
}

export interface Theme {
  isDark: boolean;
  paper: string;
  ink: string;
  faint: string;
  land: string;
  sea: string;
}

/** Remembers who has which place in the order, so that going back in "as known on" does not repaint everyone. */
export class Palette {
  private readonly order: string[] = [];
  private readonly letters: string[] = [];

  /** Takes in the holders of an answer, most days held first. */
  learn(actors: { id: string[]; name: string[] }): void {
    actors.id.forEach((id, at) => {
      if (this.order.includes(id)) return;
      this.order.push(id);
      this.letters.push(freeLetter(actors.name[at] ?? id, this.letters));
    });
  }

  look(id: string, isDark: boolean): Look {
    const at = this.order.indexOf(id);
    const colour = (isDark ? DARK : LIGHT)[at] ?? (isDark ? REST.dark : REST.light);
    return { colour, letter: this.letters[at] ?? "?" };
  }
}

/**
 * The first letter of a word of the name that nobody has yet; else any of its letters; else the next of the alphabet.
 */
function freeLetter(name: string, taken: string[]): string {
  const initials = name.split(/[\s-]+/).map((word) => word.charAt(0));
  const wanted = [...initials, ...name, ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => letter.toUpperCase());
  return wanted.find((letter) => /\p{L}/u.test(letter) && !taken.includes(letter)) ?? "·";
}

type Rgb = [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;

/** `share` of the colour, the rest of the ground: how paleness is drawn, so that marks that overlap do not darken. */
export function mixed(colour: string, ground: string, share: number): string {
  const [a, b] = [rgb(colour), rgb(ground)];
  return `rgb(${a.map((part, at) => Math.round(part * share + (b[at] as number) * (1 - share))).join(" ")})`;
}

/** How much colour a confidence has: a guess (0.5) is clearly pale, but never lost on the ground. */
export const strength = (confidence: number): number =>
  0.22 + 0.78 * Math.max(0, Math.min(1, (confidence - 0.3) / 0.7)) ** 1.3;

export function themeOf(element: Element, isDark: boolean): Theme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    isDark,
    paper: read("--paper"),
    ink: read("--ink"),
    faint: read("--faint"),
    land: read("--land"),
    sea: read("--sea"),
  };
}
