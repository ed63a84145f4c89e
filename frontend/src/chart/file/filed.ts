/** What stands in the file. */
import type { Content, Measured, Piece } from "../model.ts";
import type { Wording } from "../wording.ts";

export interface Source {
  office: string;
  title: string;
  at: string;
  /** As it was said there, where that differs. */
  original: string;
  grade: string;
  marking: string;
}

/** A property, or when two were linked, with what is said and by whom. */
export interface Told {
  label: string;
  values: { words: string; sources: Source[] }[];
}

export interface Filed {
  name: string;
  marking: string;
  taken: string;
  purpose: string;
  content: Content;
  piece: Piece;
  /** As they were computed, each in the order of `keys`; null where they were not. */
  measures: { keys: string[]; values: Record<keyof Measured["values"], number[]>; community: number[]; component: number[] } | null;
  items: Record<string, Told[]>;
  /** By the keys of both ends, in their order. */
  links: Record<string, Told[]>;
  words: ConstructorParameters<typeof Wording>[0];
  icons: string;
}
