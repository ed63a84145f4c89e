/** Moves and stretches areas by hand; what lies in one goes with it. */
import type Graph from "graphology";
import type Sigma from "sigma";

import type { Area } from "../model.ts";
import { type Hold, held, isWithin, pulled } from "./areas.ts";
import type { Camera } from "./camera.ts";
import type { Spot } from "./ground.ts";
import type { Scene } from "./scene.ts";
import type { Told } from "./told.ts";

export interface Hand {
  /** The areas as they are shown, the one in hand as it is pulled. */
  readonly areas: readonly Area[];
  readonly chosen: string;
  show(areas: readonly Area[], chosen: string): void;
  /** Whether the last press took hold of an area: the click that follows is not for the chart. */
  readonly isBusy: boolean;
}

export function areaHand(sigma: Sigma, scene: Scene, camera: Camera, told: Pick<Told, "chosenArea" | "reshaped">): Hand {
  const graph = (): Graph => sigma.getGraph() as Graph;
  let [areas, chosen]: [readonly Area[], string] = [[], ""];
  let taken: { area: Area; hold: Hold; from: Spot; within: ReadonlyMap<string, Spot> } | null = null;
  let pull: Area | null = null;
  let isBusy = false;
  const place = sigma.getContainer();
  /** The areas, the one in hand as it is pulled. */
  const inHand = (some: readonly Area[]): readonly Area[] => some.map((one) => (one.key === pull?.key ? pull : one));

  const take = ({ x, y }: Spot): boolean => {
    const found = held(areas, chosen, { x, y }, camera.seen());
    isBusy = found !== null;
    if (!found) return false;
    taken = { ...found, from: sigma.viewportToGraph({ x, y }), within: found.hold === "all" ? within(found.area) : new Map() };
    told.chosenArea(found.area.key);
    return true;
  };
  const within = (area: Area): Map<string, Spot> => {
    const keys = area.form === "text" ? [] : graph().nodes();
    const spots = keys.map((key) => [key, scene.spotOf(key)] as const);
    return new Map(spots.flatMap(([key, spot]) => (spot && isWithin(area, spot) ? [[key, { x: spot.x, y: spot.y }] as const] : [])));
  };
  const move = ({ x, y }: Spot): boolean => {
    if (!taken) {
      place.classList.toggle("is-on-item", held(areas, chosen, { x, y }, camera.seen()) !== null);
      return false;
    }
    const to = sigma.viewportToGraph({ x, y });
    const [dx, dy] = [to.x - taken.from.x, to.y - taken.from.y];
    pull = pulled(taken.area, taken.hold, dx, dy);
    areas = inHand(areas);
    for (const [key, spot] of taken.within) {
      scene.inHand.set(key, { x: spot.x + dx, y: spot.y + dy });
      if (graph().hasNode(key)) graph().mergeNodeAttributes(key, { x: spot.x + dx, y: spot.y + dy });
    }
    sigma.scheduleRender();
    return true;
  };
  const drop = (): void => {
    if (!taken) return;
    const [left, places] = [pull, new Map([...scene.inHand].filter(([key]) => graph().hasNode(key)))];
    taken = pull = null;
    scene.inHand.clear();
    if (left) told.reshaped(left, places);
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
      [areas, chosen] = [inHand(some), key];
    },
  };
}
