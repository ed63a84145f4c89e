/** Puts what does not hang together side by side: the largest first, then in rows. */

const GAP = 70;
/** A screen is wider than high. */
const SHAPE = 1.7;

export function packed(parts: number[][], at: Float64Array, room: Float64Array): Float64Array {
  const boxes = parts.map((part) => boxOf(part, at, room));
  const area = boxes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = Math.max(...boxes.map(({ width }) => width), Math.sqrt(area * SHAPE));
  let [x, y, high] = [0, 0, 0];
  boxes.forEach((box, index) => {
    if (x > 0 && x + box.width > widest) [x, y, high] = [0, y - high - GAP, 0];
    for (const one of parts[index] as number[]) {
      at[2 * one]! += x - box.left;
      at[2 * one + 1]! += y - box.top;
    }
    x += box.width + GAP;
    high = Math.max(high, box.height);
  });
  return at;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function boxOf(part: number[], at: Float64Array, room: Float64Array): Box {
  let [left, right, low, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const one of part) {
    const [x, y, w, h] = [at[2 * one], at[2 * one + 1], room[2 * one], room[2 * one + 1]] as [number, number, number, number];
    left = Math.min(left, x - w);
    right = Math.max(right, x + w);
    low = Math.min(low, y - h);
    top = Math.max(top, y + h);
  }
  return { left, top, width: right - left, height: top - low };
}
