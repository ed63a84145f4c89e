/** The colours that a map is drawn in. */
import { resolved } from "../colours.ts";

const TOKENS = ["map-water", "map-own", "map-other", "map-border", "map-halo", "map-province", "ink-3"] as const;

export type Colours = Record<(typeof TOKENS)[number], string>;

export function coloursOf(place: Element): Colours {
  return resolved(place, TOKENS);
}
