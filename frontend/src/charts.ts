/** Fetches what draws link charts, once a page has one. */
export function drawCharts(root: ParentNode): void {
  if (root.querySelector("link-chart")) void import("./chart/index.ts");
}
