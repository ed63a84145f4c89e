/** What the analyst does to the chart with the pointer: chooses items and links, opens items, and drags them. */
import type Graph from "graphology";
import type Sigma from "sigma";

import { isAnchor } from "../themes.ts";
import type { Hand } from "./area-hand.ts";
import type { Camera } from "./camera.ts";
import { isDot } from "./detail.ts";
import type { Spot } from "./ground.ts";
import type { Scene } from "./scene.ts";
import type { Told } from "./told.ts";

/** How near to a line one points at it. */
const NEAR_PX = 5;

interface Pointed {
  sigma: Sigma;
  scene: Scene;
  camera: Camera;
  hand: Hand;
  told: Told;
  /** Show these as large as they fit. */
  fit: (keys: readonly string[]) => void;
}

export function point({ sigma, scene, camera, hand, told, fit }: Pointed): void {
  const hover = (key: string): void => {
    const nodes = [scene.hovered, key].filter((one) => one && sigma.getGraph().hasNode(one));
    scene.hovered = key;
    sigma.getContainer().classList.toggle("is-on-item", key !== "");
    sigma.refresh({ partialGraph: { nodes }, skipIndexation: true });
  };
  sigma.on("enterNode", ({ node }) => hover(node));
  sigma.on("leaveNode", () => hover(""));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    if (isDot(node)) fit(scene.drawn.within.get(node) ?? []);
    else told.opened(node);
  });
  sigma.on("doubleClickStage", ({ preventSigmaDefault }) => preventSigmaDefault());
  sigma.on("clickStage", ({ event }) => {
    if (hand.isBusy) return;
    const line = lineAt(scene, camera, event);
    if (line) told.chosenLink(line);
    else if (!isAdding(event.original)) told.chosen([], false);
  });
  // Sigma would ask the graphics process, and wait, over which item the wheel is turned; nothing here hears of that.
  sigma.getMouseCaptor().removeAllListeners("wheel");
  drag(sigma, scene, told);
}

/** A press on an item chooses it, and takes it in hand with all that are chosen. */
function drag(sigma: Sigma, scene: Scene, told: Told): void {
  let from: Spot | null = null;
  let hasMoved = false;
  const graph = (): Graph => sigma.getGraph() as Graph;
  sigma.on("downNode", ({ node, event, preventSigmaDefault }) => {
    if (isAnchor(node) || (event.original instanceof MouseEvent && event.original.button)) return;
    preventSigmaDefault();
    const [together, more] = [scene.drawn.within.get(node), isAdding(event.original)];
    if (together) return told.chosen(together, more);
    const dragged = scene.chosen.has(node) ? [...scene.chosen] : [node];
    from = sigma.viewportToGraph(event);
    hasMoved = false;
    for (const key of dragged) {
      const spot = graph().hasNode(key) ? scene.spotOf(key) : undefined;
      if (spot) scene.inHand.set(key, { x: spot.x, y: spot.y });
    }
    if (!scene.chosen.has(node)) told.chosen([node], more);
    else if (more) told.chosen([...scene.chosen].filter((one) => one !== node), false);
  });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (!from) return;
    preventSigmaDefault();
    const to = sigma.viewportToGraph(event);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    from = to;
    hasMoved = true;
    for (const [key, { x, y }] of scene.inHand) {
      scene.inHand.set(key, { x: x + dx, y: y + dy });
      if (graph().hasNode(key)) graph().mergeNodeAttributes(key, { x: x + dx, y: y + dy });
    }
  });
  const drop = (): void => {
    if (!from) return;
    const places = new Map([...scene.inHand].filter(([key]) => graph().hasNode(key)));
    from = null;
    scene.inHand.clear();
    if (hasMoved) told.moved(places);
  };
  sigma.on("upNode", drop);
  sigma.on("upStage", drop);
}

/** The line at a place of the screen, the nearest; a gathered one stands for several and is none. */
function lineAt(scene: Scene, camera: Camera, { x, y }: Spot): string | undefined {
  let [nearest, best] = [NEAR_PX, undefined as string | undefined];
  for (const { key, begin, end, aside } of scene.drawn.edges) {
    const ends = [scene.spotOf(begin), scene.spotOf(end)];
    if (isDot(key) || !ends[0] || !ends[1]) continue;
    const [one, other] = [camera.at(ends[0]), camera.at(ends[1])];
    const [dx, dy] = [other.x - one.x, other.y - one.y];
    const far = Math.hypot(dx, dy) || 1;
    const along = ((x - one.x) * dx + (y - one.y) * dy) / far;
    const away = Math.abs(((x - one.x) * dy - (y - one.y) * dx) / far - aside);
    if (along > 0 && along < far && away < nearest) [nearest, best] = [away, key];
  }
  return best;
}

/** Whether what is chosen is added to what was. */
function isAdding(event: MouseEvent | TouchEvent): boolean {
  return event.ctrlKey || event.metaKey;
}
