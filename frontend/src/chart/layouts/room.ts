/** Pushes items apart until no name lies on another item. */

const ROUNDS = 60;

/** Move what is not fixed by as little as makes room. */
export function makeRoom(at: Float64Array, room: Float64Array, fixed: Uint8Array): void {
  const n = fixed.length;
  for (let round = 0; round < ROUNDS; round++) {
    const order = [...fixed.keys()].sort((one, other) => left(one) - left(other));
    let moved = false;
    for (let here = 0; here < n; here++) {
      const one = order[here] as number;
      for (let next = here + 1; next < n; next++) {
        const other = order[next] as number;
        if (left(other) > right(one)) break;
        moved = apart(one, other) || moved;
      }
    }
    if (!moved) return;
  }

  function left(one: number): number {
    return (at[2 * one] as number) - (room[2 * one] as number);
  }
  function right(one: number): number {
    return (at[2 * one] as number) + (room[2 * one] as number);
  }
  function apart(one: number, other: number): boolean {
    const dx = (at[2 * other] as number) - (at[2 * one] as number);
    const dy = (at[2 * other + 1] as number) - (at[2 * one + 1] as number);
    const lackX = (room[2 * one] as number) + (room[2 * other] as number) - Math.abs(dx);
    const lackY = (room[2 * one + 1] as number) + (room[2 * other + 1] as number) - Math.abs(dy);
    if (lackX <= 0.5 || lackY <= 0.5 || (fixed[one] && fixed[other])) return false;
    const sideways = lackX < lackY;
    const push = ((sideways ? lackX : lackY) * ((sideways ? dx : dy) < 0 ? -1 : 1)) / 2;
    const axis = sideways ? 0 : 1;
    at[2 * one + axis]! -= push * (fixed[one] ? 0 : fixed[other] ? 2 : 1);
    at[2 * other + axis]! += push * (fixed[other] ? 0 : fixed[one] ? 2 : 1);
    return true;
  }
}
