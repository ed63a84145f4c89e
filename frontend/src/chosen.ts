/** Marks the rows of the feed that are about what is chosen on the map: events, or all those of an office. */
import { announce } from "./page.ts";

interface Chosen {
  type: "office" | "event" | "";
  ids: ReadonlySet<string>;
}

export function markChosen(board: HTMLElement): void {
  let chosen: Chosen = { type: "", ids: new Set() };
  const mark = (): HTMLElement[] => {
    const by = chosen.type === "office" ? "office" : "item";
    const rows = [...document.querySelectorAll<HTMLElement>(`#board-feed [data-item]`)];
    for (const row of rows) row.classList.toggle("is-chosen", chosen.ids.has(row.dataset[by] ?? ""));
    return rows.filter((row) => row.classList.contains("is-chosen"));
  };
  document.addEventListener("map-select", (event) => {
    chosen = (event as CustomEvent<Chosen>).detail;
    const rows = mark();
    rows[0]?.scrollIntoView({ block: "nearest" });
    if (rows.length) announce(`${board.dataset["wordsChosen"] ?? ""}: ${rows.length}`);
  });
  document.addEventListener("page:reconciled", mark);
}
