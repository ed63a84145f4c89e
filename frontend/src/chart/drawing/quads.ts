/**
 * Rectangles as two triangles each, all in one call. As instances, which sigma's own programs use, each would be a
 * call of its own where there is no graphics card.
 */

type Corner = readonly [number, number];
/** The corners of two triangles, in the order in which their rows stand. */
export type Corners = readonly [Corner, Corner, Corner, Corner, Corner, Corner];

/** Write a rectangle's rows from `at` on: its values, and after them the corner. */
export function setCorners(rows: Float32Array, at: number, values: readonly number[], corners: Corners): void {
  corners.forEach((corner, index) => {
    const row = at + index * (values.length + corner.length);
    rows.set(values, row);
    rows.set(corner, row + values.length);
  });
}
