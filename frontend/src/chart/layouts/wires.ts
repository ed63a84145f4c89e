/** A chart as bare numbers, as layouts want it. */
import type { Layout, Shape } from "../model.ts";

/** Items by their places in a list; each with what a layout must know. */
export interface Wires {
  /** Half the room that an item with its name needs, in chart units: width and height by turns. */
  room: Float64Array;
  /** Begin and end of each link by turns. */
  ends: Int32Array;
  /** Where items stand; NaN for those that stand nowhere yet. */
  at: Float64Array;
  /** 1 for those that stay. */
  fixed: Uint8Array;
  shapes: Shape[];
  kinds: string[];
  names: string[];
  /** When each was first heard of, in seconds; NaN where nothing says so. */
  when: Float64Array;
  /** When what is shown was, in seconds. */
  moments: number[];
  /** Those about which the chart is arranged, by place; may be empty. */
  roots: number[];
}

export interface Task {
  layout: Layout;
  wires: Wires;
}

/** The neighbours of each item. */
export function neighbours({ ends, at }: Wires): number[][] {
  const found: number[][] = Array.from({ length: at.length / 2 }, () => []);
  for (let one = 0; one < ends.length; one += 2) {
    const [begin, end] = [ends[one] as number, ends[one + 1] as number];
    if (begin === end) continue;
    found[begin]?.push(end);
    found[end]?.push(begin);
  }
  return found.map((some) => [...new Set(some)]);
}

/** The items that hang together, the most first. */
export function components(beside: readonly number[][]): number[][] {
  const seen = new Uint8Array(beside.length);
  const found: number[][] = [];
  beside.forEach((_, root) => {
    if (seen[root]) return;
    const members = [root];
    seen[root] = 1;
    for (let at = 0; at < members.length; at++) {
      for (const next of beside[members[at] as number] as number[]) {
        if (!seen[next]) {
          seen[next] = 1;
          members.push(next);
        }
      }
    }
    found.push(members);
  });
  return found.sort((one, other) => other.length - one.length);
}
