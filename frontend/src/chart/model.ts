/** What a chart is made of: items and links as the server tells of them, and what an analyst makes of them. */

/** How an item is drawn: circle a person, square a thing or a place, diamond an event. */
export type Shape = "circle" | "square" | "diamond";
/** How sure a link is, by the best grading among those who say it. */
export type Certainty = "confirmed" | "unconfirmed" | "tentative";

/** Somebody, something or what happened, as this officer may know it. */
export interface Item {
  key: string;
  /** A schema of the ontology, and its word. */
  schema: string;
  kind: string;
  shape: Shape;
  icon: string;
  name: string;
  /** What stands below the name in small letters; may be empty. */
  under: string;
  /** How many links it has in all that this officer may read. */
  degree: number;
  /** When it is first and last heard of, in seconds; null where nothing says so. */
  first: number | null;
  last: number | null;
  /** What is said of it, by property: for rules and panels. */
  facts: Record<string, string[]>;
  /** Of an event, how much was seized at it, by unit: `kg`, `s` or a currency. */
  amounts: Amounts;
  /** Of an event, where it was, in words; empty where nothing says so. */
  place: string;
}

export type Amounts = Record<string, number>;

/** A line between two items. */
export interface Link {
  key: string;
  kind: string;
  begin: string;
  end: string;
  /** What it says: “drives”. */
  label: string;
  certainty: Certainty;
  directed: boolean;
  since: number | null;
  until: number | null;
  /** How many sources say it. */
  sources: number;
  /** How much it says, by unit. */
  amounts: Amounts;
}

/** What the server sends of a chart, or to be added to it. */
export interface Piece {
  items: Item[];
  links: Link[];
  /** The label of each property that facts name, and of each kind of link. */
  words: Record<string, string>;
  /** The icon of each. */
  signs: Record<string, string>;
  /** By schema and property (`Vehicle:registeredIn`), values in words where these differ. */
  said: Record<string, Record<string, string>>;
  /** By which key an item is known now, for keys under which it was asked for or saved. */
  aliases: Record<string, string>;
  /** How many more there would have been. */
  left_out: number;
}

/** How links between the same two are drawn. */
export type LinkMode = "single" | "direction" | "many";
/** What is written along a line: what it says, how many links it stands for, or how much they say together. */
export type LinkLabels = "label" | "count" | "sum";
/** As what an item stands: its sign, a photograph, a frame with time and place, a line of its own, or its words in an outline. */
export type ShownAs = "icon" | "picture" | "frame" | "line" | "box" | "circle" | "text";
export type Layout = "force" | "hierarchy" | "circle" | "grid" | "time";
export type Measure = "degree" | "betweenness" | "closeness" | "eigenvector" | "core" | "bridges";
export type Sized = "same" | Measure;
export type Coloured = "none" | "community" | "component" | Measure;

/** What is computed of the chart as it is shown, by item. */
export interface Measured {
  /** Of bridges, how many lines end there without which the chart would fall apart. */
  values: Record<Measure, Map<string, number>>;
  community: Map<string, number>;
  component: Map<string, number>;
  /** The names of those that were asked for. */
  known: ReadonlySet<string>;
  /** Those that are not exact, each from how many items of how many. */
  estimated: Partial<Record<Measure, { starts: number; of: number }>>;
  /** Those for which the chart is too large. */
  leftOut: readonly Measure[];
}

export type Effect = "colour" | "size" | "badge" | "border" | "as" | "dash";
export type Comparison = "is" | "contains" | "least" | "most" | "any";

/** A rule of drawing: what a property or a measure makes of an item, or of the line for some links. */
export interface Rule {
  /** Items, where the first versions do not say it. */
  of?: "items" | "links";
  /** Of items `schema`, a measure, or a property's name; of links `kind`, `certainty`, `count`, `sources` or a unit. */
  about: string;
  comparison: Comparison;
  value: string;
  effect: Effect;
  /** A colour's name, a badge's letter, by how much larger, or as what it stands. */
  with: string;
}

/** A box or circle behind the items, or a text beside them: the analyst's own words, kept with the chart. */
export interface Area {
  key: string;
  form: "box" | "circle" | "text";
  /** Its centre. */
  x: number;
  y: number;
  w: number;
  h: number;
  text: string;
  ink: string;
}

export interface Placed {
  key: string;
  x: number;
  y: number;
  /** Not moved by a layout. */
  pinned?: boolean;
  hidden?: boolean;
  /** The item into which it is collapsed; empty where it stands by itself. */
  into?: string;
  note?: string;
  /** As what it stands, whatever the rules say. */
  as?: ShownAs;
  /** The key of the file that is its picture. */
  picture?: string;
  /** Its colour, letter and symbol as the analyst gave them, whatever the rules say. */
  ink?: string;
  badge?: string;
  sign?: string;
}

/** A named view of the chart, to step through in a briefing. */
export interface Snapshot {
  name: string;
  shown: string[];
  selected: string[];
  camera: { x: number; y: number; scale: number };
  /** The view in which it was kept, where that was not the chart itself, and what was seen there. */
  view?: "timeline" | "map";
  spot?: { x: number; y: number; scale: number };
}

/** All that an analyst makes of a chart, and that a version keeps. */
export interface Content {
  items: Placed[];
  layout: Layout;
  links: LinkMode;
  labels: LinkLabels;
  sized: Sized;
  coloured: Coloured;
  /** The properties whose values stand beneath items, at most three. */
  beneath: string[];
  /** The properties that have a column in the table, at most eight. */
  columns: string[];
  areas: Area[];
  rules: Rule[];
  snapshots: Snapshot[];
  /** From which versions of other charts words came. */
  merged: { chart: string; version: number }[];
}

export const EMPTY: Content = {
  items: [],
  layout: "force",
  links: "single",
  labels: "label",
  sized: "same",
  coloured: "none",
  beneath: [],
  columns: [],
  areas: [],
  rules: [],
  snapshots: [],
  merged: [],
};
