/**
 * Fetches what draws maps, once a page has one and has nothing else to do: it is larger than everything else
 * together, and what stands beside a map is read and pressed before it.
 */
export function drawMaps(root: ParentNode): void {
  if (root.querySelector("geo-map, geo-pick")) whenIdle(() => void import("./map/index.ts"));
}

/** Most browsers say when they are idle; the others are given the time to draw the page. */
function whenIdle(does: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(does, { timeout: 1_000 });
  else setTimeout(does, 200);
}
