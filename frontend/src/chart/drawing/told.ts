/** What the drawn chart tells of what the analyst does to it. */
import type { Area } from "../model.ts";
import type { Drawn } from "./detail.ts";
import type { Spot } from "./ground.ts";

export interface Told {
  /** Items or a link were chosen by pointing; `more` keeps those that were. */
  chosen(keys: string[], more: boolean): void;
  chosenLink(key: string): void;
  chosenArea(key: string): void;
  opened(key: string): void;
  /** Items were dragged to where they stand now. */
  moved(places: Map<string, Spot>): void;
  /** An area was left at another place or size, with these items moved with it. */
  reshaped(area: Area, places: Map<string, Spot>): void;
  /** What stands together, or is not drawn, where the analyst looks from. */
  detailed(drawn: Drawn): void;
  /** Where the picture of a file is fetched. */
  pictureOf(file: string): string;
}
