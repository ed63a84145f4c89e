/** Fetches what draws maps, once a page has one: it is larger than everything else together. */
export function drawMaps(root: ParentNode): void {
  if (root.querySelector("geo-map, geo-pick")) void import("./map/index.ts");
}
