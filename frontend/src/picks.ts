/**
 * Choosing several rows of a list: the box before each, Space on its link, Shift for all between, "all
 * shown". How many are chosen stands on the button; without a choice it goes for all.
 */
import { isField } from "./page.ts";

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("input.pick[form='pick-form']")];
}

function say(): void {
  const form = document.querySelector<HTMLElement>("[data-picks]");
  const words = form?.querySelector<HTMLElement>("[data-picked] span");
  if (!form || !words) return;
  words.dataset["all"] ??= words.textContent ?? "";
  const chosen = boxes().filter((one) => one.checked).length;
  const said = (form.dataset["words"] ?? "%s").replace("%s", String(chosen));
  words.textContent = chosen ? said : words.dataset["all"];
  const all = form.querySelector<HTMLElement>("[data-pick-all]");
  if (all) all.hidden = boxes().length < 2;
}

export function pickRows(): void {
  let last: HTMLInputElement | undefined;

  const pick = (box: HTMLInputElement, reach: boolean): void => {
    const all = boxes();
    const [from, to] = [all.indexOf(last ?? box), all.indexOf(box)].sort((one, two) => one - two);
    if (reach && last) for (const one of all.slice(from, (to ?? 0) + 1)) one.checked = box.checked;
    last = box;
    say();
  };

  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target instanceof HTMLInputElement && target.matches("input.pick")) pick(target, event.shiftKey);
    if (!target.closest("[data-pick-all]")) return;
    const every = boxes().every((one) => one.checked);
    for (const one of boxes()) one.checked = !every;
    say();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    const row = (event.target as Element).closest(".thread-row, [data-row]:not(a)");
    const box = row?.querySelector<HTMLInputElement>("input.pick");
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    pick(box, event.shiftKey);
  });
  document.addEventListener("page:reconciled", say);
  document.addEventListener("htmx:afterSwap", say);
  window.addEventListener("pageshow", say);
  say();
}
