/** The layouts that do not look at who is linked closely: a circle, and a grid by kind. */
import { grouped } from "../grouping.ts";
import { type Wires, components, neighbours } from "./wires.ts";

const GAP = 26;

/** All on one circle, those that hang together side by side. */
export function circle(wires: Wires): Float64Array {
  const beside = neighbours(wires);
  const order = components(beside).flatMap((part) => walked(part, beside));
  const around = order.reduce((sum, one) => sum + spaceOf(wires, one), 0);
  const radius = Math.max(around / (2 * Math.PI), 90);
  const at = new Float64Array(wires.at.length);
  let gone = 0;
  for (const one of order) {
    gone += spaceOf(wires, one) / 2;
    const angle = Math.PI / 2 - (gone / around) * 2 * Math.PI;
    at[2 * one] = Math.cos(angle) * radius;
    at[2 * one + 1] = Math.sin(angle) * radius;
    gone += spaceOf(wires, one) / 2;
  }
  return at;
}

function spaceOf({ room }: Wires, one: number): number {
  return Math.max(room[2 * one] as number, room[2 * one + 1] as number) * 1.5 + GAP / 2;
}

/** From the end inwards, each beside its neighbours, so that fewer lines cross. */
function walked(part: number[], beside: number[][]): number[] {
  const seen = new Set<number>();
  const order: number[] = [];
  const stack = [...part].sort((one, other) => (beside[one]?.length ?? 0) - (beside[other]?.length ?? 0)).reverse();
  while (stack.length) {
    const one = stack.pop() as number;
    if (seen.has(one)) continue;
    seen.add(one);
    order.push(one);
    const next = (beside[one] ?? []).filter((other) => !seen.has(other));
    next.sort((a, b) => (beside[b]?.length ?? 0) - (beside[a]?.length ?? 0));
    stack.push(...next);
  }
  return order;
}

/** In rows: each kind by itself, within it by name. */
export function grid(wires: Wires): Float64Array {
  const kinds = grouped([...wires.names.keys()], (one) => wires.kinds[one] ?? "");
  const groups = [...kinds.values()].sort((one, other) => other.length - one.length);
  const columns = Math.max(3, Math.ceil(Math.sqrt(wires.names.length * 1.7)));
  const wide = 2 * Math.min(90, Math.max(...wires.names.map((_, one) => wires.room[2 * one] as number))) + GAP;
  const high = 2 * Math.max(...wires.names.map((_, one) => wires.room[2 * one + 1] as number)) + GAP;
  const at = new Float64Array(wires.at.length);
  let row = 0;
  for (const group of groups) {
    group.sort((one, other) => (wires.names[one] ?? "").localeCompare(wires.names[other] ?? ""));
    group.forEach((one, place) => {
      at[2 * one] = (place % columns) * wide;
      at[2 * one + 1] = -(row + Math.floor(place / columns)) * high;
    });
    row += Math.ceil(group.length / columns) + 0.35;
  }
  return at;
}
