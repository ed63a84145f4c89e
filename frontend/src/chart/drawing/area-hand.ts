/** Moves and stretches areas by hand; what lies in one goes with it. */
import type Graph from "graphology";
import type Sigma from "sigma";

import type { Area } from "../model.ts";
import { type Hold, type View, held, isWithin, pulled } from "./areas.ts";
import type { Spot } from "./ground.ts";

export interface Hand {
  /** The areas as they are shown, the one in hand as it is pulled. */
  readonly areas: readonly Area[];
  readonly chosen: string;
  show(areas: readonly Area[], chosen: string): void;
  /** Whether the last press took hold of an area: the click that follows is not for the chart. */
  readonly isBusy: boolean;
}

export interface AreaTold {
  chosenArea(key: string): void;
  /** An area was left at another place or size, with these items moved with it. */
  reshaped(area: Area, places: Map<string, Spot>): void;
}

export function areaHand(sigma: Sigma, view: () => View, told: AreaTold): Hand {
  const graph = (): Graph => sigma.getGraph() as Graph;
  let [areas, chosen]: [readonly Area[], string] = [[], ""];
  let taken: { area: Area; hold: Hold; from: Spot; within: Map<string, Spot> } | null = null;
  let pull: Area | null = null;
  let isBusy = false;
  const place = sigma.getContainer();

  const take = ({ x, y }: Spot): boolean => {
    const found = held(areas, chosen, { x, y }, view());
    isBusy = found !== null;
    if (!found) return false;
    const within = found.hold === "all" && found.area.form !== "text" ? graph().filterNodes((_, { x: nx, y: ny }) => isWithin(found.area, { x: nx as number, y: ny as number })) : [];
    taken = { ...found, from: sigma.viewportToGraph({ x, y }), within: new Map(within.map((key) => [key, spotOf(graph(), key)])) };
    told.chosenArea(found.area.key);
    return true;
  };
  const move = ({ x, y }: Spot): boolean => {
    if (!taken) {
      place.classList.toggle("is-on-item", held(areas, chosen, { x, y }, view()) !== null);
      return false;
    }
    const to = sigma.viewportToGraph({ x, y });
    const [dx, dy] = [to.x - taken.from.x, to.y - taken.from.y];
    const now = (pull = pulled(taken.area, taken.hold, dx, dy));
    areas = areas.map((one) => (one.key === now.key ? now : one));
    for (const [key, spot] of taken.within) if (graph().hasNode(key)) graph().mergeNodeAttributes(key, { x: spot.x + dx, y: spot.y + dy });
    sigma.scheduleRender();
    return true;
  };
  const drop = (): void => {
    if (taken && pull) told.reshaped(pull, new Map([...taken.within.keys()].filter((key) => graph().hasNode(key)).map((key) => [key, spotOf(graph(), key)])));
    taken = pull = null;
  };
  sigma.on("downStage", ({ event, preventSigmaDefault }) => take(event) && preventSigmaDefault());
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => areas.length && move(event) && preventSigmaDefault());
  sigma.on("upStage", drop);
  sigma.on("upNode", drop);
  return {
    get areas() {
      return areas;
    },
    get chosen() {
      return chosen;
    },
    get isBusy() {
      return isBusy;
    },
    show: (some, key) => {
      [areas, chosen] = [some, key];
    },
  };
}

function spotOf(graph: Graph, key: string): Spot {
  const { x, y } = graph.getNodeAttributes(key) as Spot;
  return { x, y };
}
