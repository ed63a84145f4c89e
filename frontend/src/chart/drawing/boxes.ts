/** Boxes on the screen, and whether another has room between them. */

export type Box = readonly [left: number, top: number, right: number, bottom: number];

const CELL = 64;

export class Boxes {
  private readonly taken = new Map<number, Box[]>();

  take(box: Box): void {
    for (const cell of cells(box)) {
      const there = this.taken.get(cell);
      if (there) there.push(box);
      else this.taken.set(cell, [box]);
    }
  }

  /** The first of several that has room; the first of all where none has. */
  firstFree(boxes: readonly Box[]): Box {
    return boxes.find((box) => this.isFree(box)) ?? (boxes[0] as Box);
  }

  isFree(box: Box): boolean {
    for (const cell of cells(box)) {
      for (const other of this.taken.get(cell) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }
}

function* cells(box: Box): Generator<number> {
  for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
    for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) yield x * 100_003 + y;
  }
}
