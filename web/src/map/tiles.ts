/** Squares of the view in which something changed: a day changes some dozens of ten thousand marks, and only theirs are drawn anew. */

/** Pixels: small enough to leave most of the view alone, wide enough that a mark touches four at most. */
const SIDE = 40;

export class Tiles {
  readonly all: number;
  count = 0;
  private readonly columns: number;
  private readonly rows: number;
  private readonly isMarked: Uint8Array;

  constructor(
    width: number,
    height: number,
    /** Pixels that a mark reaches from its middle; less than half a tile. */
    private readonly reach: number,
  ) {
    this.columns = Math.ceil(width / SIDE);
    this.rows = Math.ceil(height / SIDE);
    this.all = this.columns * this.rows;
    this.isMarked = new Uint8Array(this.all);
  }

  /** Takes in the tiles that a mark here touches. */
  mark(x: number, y: number): void {
    for (const tile of this.under(x, y)) {
      if (tile < 0 || this.isMarked[tile]) continue;
      this.isMarked[tile] = 1;
      this.count++;
    }
  }

  touches(x: number, y: number): boolean {
    return this.count > 0 && this.under(x, y).some((tile) => tile >= 0 && this.isMarked[tile]);
  }

  /** The marked tiles as boxes, runs in a row joined. */
  *boxes(): Generator<[x: number, y: number, width: number, height: number]> {
    for (let row = 0; row < this.rows; row++)
      for (let column = 0; column < this.columns; column++) {
        const start = column;
        while (column < this.columns && this.isMarked[row * this.columns + column]) column++;
        if (column > start) yield [start * SIDE, row * SIDE, (column - start) * SIDE, SIDE];
      }
  }

  private under(x: number, y: number): number[] {
    if (Number.isNaN(x)) return [];
    const r = this.reach;
    return [this.at(x - r, y - r), this.at(x + r, y - r), this.at(x - r, y + r), this.at(x + r, y + r)];
  }

  private at(x: number, y: number): number {
    const [column, row] = [Math.floor(x / SIDE), Math.floor(y / SIDE)];
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows ? -1 : row * this.columns + column;
  }
}
