/** Placing signs and their words so that none covers another. Pure: knows pixels and nothing of maps. */
import type { Point } from "./view.ts";

const ROUNDS = 60;

/** A sign, and how far from its middle no other one may come. */
export interface Disc extends Point {
  radius: number;
}

/** Where signs are drawn: at their places, or beside them where two would stand on each other. */
export function spread(places: readonly Disc[]): Point[] {
  const drawn = places.map((one) => ({ ...one }));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let one = 0; one < drawn.length; one++) {
      for (let other = one + 1; other < drawn.length; other++) {
        moved = push(drawn[one] as Disc, drawn[other] as Disc, one) || moved;
      }
    }
    if (!moved) break;
  }
  return drawn;
}

/** Push two signs apart by equal parts, along the line between them; at one place, in a direction of its own. */
function push(one: Disc, other: Disc, seed: number): boolean {
  const apart = one.radius + other.radius;
  let dx = other.x - one.x;
  let dy = other.y - one.y;
  let distance = Math.hypot(dx, dy);
  if (distance >= apart) return false;
  if (distance < 0.5) {
    const angle = seed * 2.4;
    [dx, dy, distance] = [Math.cos(angle), Math.sin(angle), 1];
  }
  const by = (apart - Math.hypot(other.x - one.x, other.y - one.y)) / 2 + 0.25;
  one.x -= (dx / distance) * by;
  one.y -= (dy / distance) * by;
  other.x += (dx / distance) * by;
  other.y += (dy / distance) * by;
  return true;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxAround({ x, y }: Point, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Where words stand beside their sign. */
export type Side = "right" | "left" | "below" | "above" | "middle";

interface Words {
  at: Point;
  width: number;
  height: number;
  /** From the middle of the sign to the words. */
  gap: number;
  /** Tried in this order. */
  sides: readonly Side[];
}

function boxOf({ at, width, height, gap }: Words, side: Side): Box {
  const middle = {
    right: { x: at.x + gap + width / 2, y: at.y },
    left: { x: at.x - gap - width / 2, y: at.y },
    below: { x: at.x, y: at.y + gap + height / 2 },
    above: { x: at.x, y: at.y - gap - height / 2 },
    middle: at,
  }[side];
  return boxAround(middle, width, height);
}

/** Keeps what is taken of the map, and finds room for more. */
export class Room {
  private readonly taken: Box[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  take(box: Box): void {
    this.taken.push(box);
  }

  /** The first side on which words cover nothing; none where there is no room. They have it from then on. */
  place(words: Words): Side | null {
    for (const side of words.sides) {
      const box = boxOf(words, side);
      const within = box.left >= 0 && box.top >= 0 && box.right <= this.width && box.bottom <= this.height;
      if (!within || this.taken.some((one) => meet(one, box))) continue;
      this.take(box);
      return side;
    }
    return null;
  }
}
