/** Cuts what is drawn to a rectangle of longitudes and latitudes. */

export type Position = [longitude: number, latitude: number];

/** West, south, east, north, in degrees. */
export type Box = [number, number, number, number];

interface Edge {
  holds(point: Position): boolean;
  /** Where the line between two points crosses the edge. */
  cross(one: Position, other: Position): Position;
}

function edges([west, south, east, north]: Box): Edge[] {
  const upright = (x: number, holds: (point: Position) => boolean): Edge => ({
    holds,
    cross: ([ax, ay], [bx, by]) => [x, ay + ((by - ay) * (x - ax)) / (bx - ax)],
  });
  const level = (y: number, holds: (point: Position) => boolean): Edge => ({
    holds,
    cross: ([ax, ay], [bx, by]) => [ax + ((bx - ax) * (y - ay)) / (by - ay), y],
  });
  return [
    upright(west, ([x]) => x >= west),
    upright(east, ([x]) => x <= east),
    level(south, ([, y]) => y >= south),
    level(north, ([, y]) => y <= north),
  ];
}

/** A closed ring within the box; empty where nothing of it is. After Sutherland and Hodgman, 1974. */
export function clipRing(ring: Position[], box: Box): Position[] {
  let points = ring.slice(0, -1);
  for (const edge of edges(box)) {
    const kept: Position[] = [];
    points.forEach((point, at) => {
      const before = points.at(at - 1) as Position;
      if (edge.holds(point) !== edge.holds(before)) kept.push(edge.cross(before, point));
      if (edge.holds(point)) kept.push(point);
    });
    points = kept;
  }
  return points.length < 3 ? [] : [...points, points[0] as Position];
}

/** The pieces of a line with a point in the box; a piece goes one point beyond it. */
export function clipLine(line: Position[], box: Box): Position[][] {
  const inside = line.map((point) => edges(box).every((edge) => edge.holds(point)));
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  line.forEach((point, at) => {
    if (inside[at] || inside[at - 1] || inside[at + 1]) piece.push(point);
    else if (piece.length) pieces.push(piece.splice(0));
  });
  return [...pieces, piece].filter((one) => one.length > 1);
}
