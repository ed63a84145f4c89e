/** Parts of a network within which more is linked than chance would have it. Source: Blondel et al., 2008 (Louvain). */

/** A network with weights, its links side by side: those of `one` from `from[one]` to `from[one + 1]`. */
interface Weighed {
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** What is linked within each, both ways. */
  within: Float64Array;
}

const MOST_PASSES = 12;

/** The members of each community, the largest first. */
export function communities(beside: readonly (readonly number[])[]): number[][] {
  let network = weighed(beside);
  let members = beside.map((_, one) => [one]);
  for (;;) {
    const of = moved(network);
    const count = of.reduce((most, one) => Math.max(most, one + 1), 0);
    if (count === members.length) return members.sort((one, other) => other.length - one.length);
    const next: number[][] = Array.from({ length: count }, () => []);
    members.forEach((some, one) => {
      const into = next[of[one] as number] as number[];
      for (const member of some) into.push(member);
    });
    members = next;
    network = gathered(network, of, count);
  }
}

function weighed(beside: readonly (readonly number[])[]): Weighed {
  const from = new Int32Array(beside.length + 1);
  beside.forEach((some, one) => (from[one + 1] = (from[one] as number) + some.length));
  return { from, to: Int32Array.from(beside.flat()), weight: new Float64Array(from[beside.length] as number).fill(1), within: new Float64Array(beside.length) };
}

/** To which community each goes, numbered without gaps, where nobody gains by going elsewhere. */
function moved({ from, to, weight, within }: Weighed): Int32Array {
  const n = within.length;
  const of = Int32Array.from(within.keys());
  const degree = Float64Array.from(within);
  for (let one = 0; one < n; one++) for (let at = from[one] as number; at < (from[one + 1] as number); at++) degree[one]! += weight[at] as number;
  const total = Float64Array.from(degree);
  const all = Math.max(1, degree.reduce((sum, one) => sum + one, 0));
  const towards = new Float64Array(n);
  for (let pass = 0, again = true; again && pass < MOST_PASSES; pass++) {
    again = false;
    for (let one = 0; one < n; one++) {
      const mine = of[one] as number;
      const near = [mine];
      for (let at = from[one] as number; at < (from[one + 1] as number); at++) {
        const there = of[to[at] as number] as number;
        if (!towards[there] && there !== mine) near.push(there);
        towards[there]! += weight[at] as number;
      }
      total[mine]! -= degree[one] as number;
      let [best, most] = [mine, -Infinity];
      for (const there of near) {
        const gain = (towards[there] as number) - ((total[there] as number) * (degree[one] as number)) / all;
        if (gain > most + 1e-9) [best, most] = [there, gain];
        towards[there] = 0;
      }
      total[best]! += degree[one] as number;
      if (best !== mine) again = true;
      of[one] = best;
    }
  }
  const numbers = new Map<number, number>();
  return of.map((one) => numbers.get(one) ?? numbers.set(one, numbers.size).size - 1);
}

/** Each community as one, with the links between them put together. */
function gathered({ from, to, weight, within }: Weighed, of: Int32Array, count: number): Weighed {
  const links: Map<number, number>[] = Array.from({ length: count }, () => new Map());
  const inside = new Float64Array(count);
  of.forEach((here, one) => {
    inside[here]! += within[one] as number;
    for (let at = from[one] as number; at < (from[one + 1] as number); at++) {
      const there = of[to[at] as number] as number;
      if (there === here) inside[here]! += weight[at] as number;
      else links[here]?.set(there, (links[here]?.get(there) ?? 0) + (weight[at] as number));
    }
  });
  const starts = new Int32Array(count + 1);
  links.forEach((some, one) => (starts[one + 1] = (starts[one] as number) + some.size));
  return {
    from: starts,
    to: Int32Array.from(links.flatMap((some) => [...some.keys()])),
    weight: Float64Array.from(links.flatMap((some) => [...some.values()])),
    within: inside,
  };
}
