/** What the chart is to its parts: what stands on it, what is selected, and what may be done to it. */
import type { Drawing } from "./drawing/undrawn.ts";
import type { Looks } from "./drawing/looks.ts";
import type { Layout, Measured, Piece, Placed } from "./model.ts";
import type { Server } from "./server.ts";
import type { Sheet } from "./sheet.ts";
import type { Viewing } from "./views/viewing.ts";
import type { Wording } from "./wording.ts";

/** Where the analyst reads what is done. */
export interface Talking {
  readonly wording: Wording;
  /** A part of the page by its name. */
  piece<T extends HTMLElement>(name: string): T;
  say(words: string): void;
  /** Do something, and say what was wrong until something of its kind goes well; whether it went well. */
  tried(doing: () => Promise<void>, kind?: string): Promise<boolean>;
}

/** What is selected, lifted out or stands out: one for the chart, its views and its table. */
interface Selected {
  readonly chosen: ReadonlySet<string>;
  readonly link: string;
  readonly area: string;
  /** What was lifted out: a way that was found, say. */
  readonly path: { items: ReadonlySet<string>; links: ReadonlySet<string> };
  /** These alone stand out; all do where there is none. */
  readonly lit: ReadonlySet<string> | null;
  /** Select these; nothing else, or with what was selected. */
  choose(keys: Iterable<string>, more?: boolean): void;
  chooseLink(key: string): void;
  /** An area that the analyst drew is chosen; nothing else is. */
  chooseArea(key: string): void;
  /** Lift a part out. */
  lift(items: Iterable<string>, links: Iterable<string>): void;
  /** Let these alone stand out; once more, and all do again. */
  light(keys: Iterable<string>): void;
  /** Let these alone stand out in each view; all where there is none. */
  standOut(keys: ReadonlySet<string> | null): void;
}

/** How a chart is arranged anew. */
export interface Manner {
  /** What was saved stays as saved. */
  keep?: boolean;
  /** It belongs to the step that was just made. */
  silent?: boolean;
  fixed?: ReadonlySet<string>;
  /** These have not been arranged yet. */
  fresh?: ReadonlySet<string>;
}

/** What is done to the chart, each as a step that can be taken back. */
interface Edited {
  hide(keys: Iterable<string>, hidden: boolean): void;
  /** Show these and their neighbours alone. */
  only(keys: string[]): void;
  /** Let the neighbours of one, or several, stand as one item. */
  collapse(keys: string[]): void;
  edit(keys: Iterable<string>, made: Partial<Placed>): void;
  /** Put records on the chart, select them and show them. */
  put(keys: string[]): Promise<boolean>;
  /** Put items on the chart beside what they are linked to; what stands there stays. */
  add(piece: Piece): Promise<void>;
  arrange(layout: Layout, how?: Manner): Promise<void>;
}

export interface Chart extends HTMLElement, Talking, Selected, Edited {
  readonly sheet: Sheet;
  readonly server: Server;
  readonly canvas: Drawing;
  /** In which of its views it is seen. */
  readonly viewing: Viewing;
  /** What was measured of it as it is shown; null as long as nothing is. */
  readonly measured: Measured | null;
  /** Something shows this measure from now on. */
  want(measure: string): void;
  readonly looks: Looks;
  /** Whether it is shown to others: nothing is changed then. */
  readonly isPresented: boolean;
  /** Whether nothing here would be lost. */
  readonly isSaved: boolean;
  /** A day as it is written beside a thing; the moment is in seconds. */
  readonly day: (seconds: number) => string;
  /** Draw all anew from what stands on the sheet. */
  draw(): void;
  openTab(name: string): void;
  /** Where the picture of a file is fetched. */
  pictureOf(file: string): string;
}
