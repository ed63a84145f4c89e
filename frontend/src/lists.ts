/** J and K move through the rows of a list, Enter opens the row's link. */
import { keysAct } from "./keys.ts";
import { isField } from "./page.ts";

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row-link], a[data-row]")].filter(
    (one) => one.offsetParent !== null,
  );
}

function step(by: 1 | -1): void {
  const all = links();
  if (!all.length) return;
  const focused = document.activeElement;
  const at = all.findIndex((one) => one === focused || one.closest("[data-row]")?.contains(focused));
  const current = at >= 0 ? at : all.findIndex((one) => one.getAttribute("aria-current"));
  const next = all[Math.min(Math.max(current + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

export function moveInLists(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isField(event.target) || document.querySelector("dialog[open]") || !keysAct()) return;
    if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else return;
    event.preventDefault();
  });
}
