/** Small buttons in the rows of a list, and lists whose rows are made anew while somebody goes along them by keys. */
import { icon } from "../../page.ts";

/** A button with an icon and the words that say what it does to which row. */
export function smallButton(sign: string, label: string, name: string, value: string | number): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-row-act";
  button.dataset[name] = String(value);
  button.setAttribute("aria-label", label);
  button.append(icon(sign));
  return button;
}

/**
 * Put rows into a list in place of those that stand there.
 *
 * Who stood on a button there stands on the same again, wherever its row went; where that is gone, on the like of
 * it in the row that came in its place; and in a list that is empty now, on the list.
 */
export function refill(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const held = document.activeElement as HTMLElement;
  const place = [...list.children].findIndex((row) => row.contains(held));
  const before = list.children[place]?.textContent;
  list.replaceChildren(...rows);
  if (place < 0) return;
  const nearest = rows.map((row, at) => [Math.abs(at - place), row] as const).sort(([one], [other]) => one - other).map(([, row]) => row);
  const sameRow = nearest.find((row) => row.textContent === before);
  const [does] = Object.keys(held.dataset);
  const there =
    nearest.flatMap(pressable).find((one) => nameOf(one) === nameOf(held)) ??
    (sameRow && pressable(sameRow)[0]) ??
    nearest.flatMap(pressable).find((one) => does !== undefined && does in one.dataset) ??
    nearest.flatMap(pressable)[0];
  if (!there) list.tabIndex = -1;
  (there ?? list).focus();
}

function pressable(row: HTMLElement): HTMLElement[] {
  const inside = [...row.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  return row.matches("button:not(:disabled)") ? [row] : inside;
}

function nameOf(one: HTMLElement): string {
  return one.getAttribute("aria-label") ?? one.textContent ?? "";
}
