/**
 * Places items so that they lie as far apart as links lead from one to another.
 *
 * Source: Zheng, Pawar, Goodman: Graph Drawing by Stochastic Gradient Descent, 2018; beyond what an eye takes in
 * with pivots, as Ortmann, Klimenta, Brandes: A Sparse Stress Model, 2017, have them.
 */

/** How long a link is. */
export const LINK = 105;
const MOST_PAIRS_OF = 700;
const PIVOTS = 60;
/** Many are well placed after few rounds: each has been moved by all others in each. */
const ROUNDS = { few: 40, many: 20 };
const MANY = 120;

/** Pairs of items, each with how far apart they are to be, in links. */
interface Pairs {
  ones: Int32Array;
  others: Int32Array;
  far: Float64Array;
}

/** Move what is not fixed to where it is as far from the others as links say; `at` is changed. */
export function byStress(beside: readonly (readonly number[])[], at: Float64Array, fixed: Uint8Array, all = beside.length <= MOST_PAIRS_OF): void {
  if (beside.length < 2) return;
  const random = seededRandom(beside.length);
  descend(all ? everyPair(beside) : somePairs(beside, random), at, fixed, random);
}

function descend({ ones, others, far }: Pairs, at: Float64Array, fixed: Uint8Array, random: () => number): void {
  const longest = far.reduce((most, one) => Math.max(most, one), 0) ** 2;
  const rounds = at.length > 2 * MANY ? ROUNDS.many : ROUNDS.few;
  const cooling = Math.log(longest / 0.1) / (rounds - 1);
  const order = Int32Array.from(ones.keys());
  for (let round = 0; round < rounds; round++) {
    const heat = longest * Math.exp(-cooling * round);
    shuffle(order, random);
    for (const pair of order) {
      const [one, other, wish] = [ones[pair] as number, others[pair] as number, far[pair] as number];
      if (fixed[one] && fixed[other]) continue;
      const dx = (at[2 * one] as number) - (at[2 * other] as number) || (random() - 0.5) * 0.01;
      const dy = (at[2 * one + 1] as number) - (at[2 * other + 1] as number) || (random() - 0.5) * 0.01;
      const now = Math.hypot(dx, dy);
      const step = (Math.min(1, heat / wish ** 2) * (now - wish * LINK)) / 2 / now;
      const moves = fixed[one] ? 0 : fixed[other] ? 2 : 1;
      at[2 * one]! -= dx * step * moves;
      at[2 * one + 1]! -= dy * step * moves;
      at[2 * other]! += dx * step * (2 - moves);
      at[2 * other + 1]! += dy * step * (2 - moves);
    }
  }
}

function everyPair(beside: readonly (readonly number[])[]): Pairs {
  const n = beside.length;
  const [ones, others, far] = [new Int32Array((n * (n - 1)) / 2), new Int32Array((n * (n - 1)) / 2), new Float64Array((n * (n - 1)) / 2)];
  let pair = 0;
  for (let one = 0; one < n; one++) {
    const away = distances(one, beside);
    for (let other = one + 1; other < n; other++, pair++) {
      ones[pair] = one;
      others[pair] = other;
      far[pair] = away[other] as number;
    }
  }
  return { ones, others, far };
}

/** The links, and how far each is from some that are spread over the whole. */
function somePairs(beside: readonly (readonly number[])[], random: () => number): Pairs {
  const [ones, others, far]: number[][] = [[], [], []];
  const put = (one: number, other: number, wish: number): void => {
    ones?.push(one);
    others?.push(other);
    far?.push(wish);
  };
  beside.forEach((some, one) => {
    for (const other of some) if (other > one) put(one, other, lengthOf(some.length, (beside[other] as number[]).length));
  });
  const nearest = new Float64Array(beside.length).fill(Infinity);
  let pivot = Math.floor(random() * beside.length);
  for (let number = 0; number < PIVOTS; number++) {
    const away = distances(pivot, beside);
    for (let other = 0; other < beside.length; other++) {
      if (other !== pivot) put(pivot, other, away[other] as number);
      nearest[other] = Math.min(nearest[other] as number, (away[other] as number) * (0.5 + random()));
    }
    nearest[pivot] = 0;
    pivot = nearest.reduce((best, one, other) => (one > (nearest[best] as number) ? other : best), 0);
  }
  return { ones: Int32Array.from(ones ?? []), others: Int32Array.from(others ?? []), far: Float64Array.from(far ?? []) };
}

/** How far each is from one; a link of two with many neighbours is longer. */
function distances(from: number, beside: readonly (readonly number[])[]): Float64Array {
  const far = new Float64Array(beside.length).fill(Infinity);
  far[from] = 0;
  let front = [from];
  // Links differ little in length: rounds until nothing gets nearer are few.
  while (front.length) {
    const next: number[] = [];
    for (const one of front) {
      const neighbours = beside[one] as number[];
      for (const other of neighbours) {
        const reach = (far[one] as number) + lengthOf(neighbours.length, (beside[other] as number[]).length);
        if (reach < (far[other] as number) - 1e-9) {
          far[other] = reach;
          next.push(other);
        }
      }
    }
    front = next;
  }
  const unlinked = 2 * Math.sqrt(beside.length);
  return far.map((one) => (one === Infinity ? unlinked : one));
}

function lengthOf(one: number, other: number): number {
  return 0.8 + 0.22 * Math.log2(1 + Math.max(1, Math.min(one, other))) + 0.06 * Math.sqrt(Math.max(one, other));
}

function shuffle(some: Int32Array, random: () => number): void {
  for (let at = some.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [some[at], some[other]] = [some[other] as number, some[at] as number];
  }
}

/** The same chart is arranged alike each time. Source: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
