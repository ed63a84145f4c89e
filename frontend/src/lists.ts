/** J, K and the arrows move through the rows of a list or a table, Enter opens the row's link. */
import { keysAct } from "./keys.ts";
import { isField } from "./page.ts";

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row-link], a[data-row]")].filter(
    (one) => one.offsetParent !== null,
  );
}

function step(by: number): void {
  const all = links();
  if (!all.length) return;
  const focused = document.activeElement;
  const at = all.findIndex((one) => one === focused || one.closest("[data-row]")?.contains(focused));
  const current = at >= 0 ? at : all.findIndex((one) => one.getAttribute("aria-current"));
  const next = all[Math.min(Math.max(current + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** By how many rows a key moves; letters from anywhere, arrows from within a table's row. */
function wayOf(event: KeyboardEvent): number {
  if (keysAct() && event.code === "KeyJ") return 1;
  if (keysAct() && event.code === "KeyK") return -1;
  if (!document.activeElement?.closest("tr[data-row]")) return 0;
  return { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key] ?? 0;
}

export function moveInLists(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    const way = wayOf(event);
    if (!way) return;
    step(way);
    event.preventDefault();
  });
}
