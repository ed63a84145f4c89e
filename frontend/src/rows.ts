/**
 * Rows of a form that repeat: a row that was added takes the focus, keys add, move and take away, and
 * cells pasted from a spreadsheet become rows.
 *
 * The buttons post the form and work without this. `Alt +` adds a row to the group in which one is,
 * `Alt C` one more like the row in which one is, `Alt -` takes that away, `Alt Shift` with an arrow moves it.
 */
import { announce } from "./page.ts";

export function helpWithRows(): void {
  document.addEventListener("htmx:load", (event) => {
    const group = event.target;
    if (!(group instanceof HTMLElement) || group.dataset["rows"] === undefined) return;
    const form = group.closest("form");
    firstField(group)?.focus();
    const said = group.querySelector(".rows-pasted p")?.textContent;
    if (said) announce(said.trim());
    // What the server has drawn anew is what is typed now: the draft saves itself from it.
    form?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const button = buttonFor(event);
    if (!button || button.disabled) return;
    event.preventDefault();
    // What is typed is settled as it is on leaving the field.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    button.click();
  });
  document.addEventListener("paste", pasteCells);
}

/** The new row's first field in which nothing stands; where a row was taken away, the button that adds one. */
function firstField(group: HTMLElement): HTMLElement | null {
  const row = group.querySelector<HTMLElement>("[data-new]");
  if (!row) return group.querySelector<HTMLElement>(".row-add:not(:disabled), .row-remove");
  const fields = [
    ...row.querySelectorAll<HTMLInputElement>("input:not([type=hidden], .moment-picker), select:not([hidden]), textarea"),
  ];
  return fields.find((one) => !one.value && one.checkVisibility()) ?? fields[0] ?? null;
}

function buttonFor(event: KeyboardEvent): HTMLButtonElement | null {
  const here = document.activeElement;
  const row = here?.closest(".row-card");
  if (event.code === "KeyC") return row?.querySelector<HTMLButtonElement>(".row-again") ?? null;
  if (event.shiftKey && event.code === "ArrowUp") return row?.querySelector<HTMLButtonElement>(".row-up") ?? null;
  if (event.shiftKey && event.code === "ArrowDown") return row?.querySelector<HTMLButtonElement>(".row-down") ?? null;
  if (event.key === "+" || event.code === "Equal" || event.code === "NumpadAdd") {
    const group = here?.closest("[data-rows]") ?? here?.closest(".form-part")?.querySelector("[data-rows]");
    return group?.querySelector<HTMLButtonElement>(".row-add") ?? null;
  }
  if (event.key === "-" || event.code === "Minus" || event.code === "NumpadSubtract") {
    return row?.querySelector<HTMLButtonElement>(".row-remove") ?? null;
  }
  return null;
}

/** Cells of a spreadsheet have tabs between them, or stand in several lines; a single one is only text. */
function pasteCells(event: ClipboardEvent): void {
  const field = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!(field instanceof HTMLElement) || field.closest(".rows-paste")) return;
  const isTable = text.includes("\t") || (field instanceof HTMLInputElement && /\n./s.test(text.trim()));
  const table = field.closest("[data-rows]")?.querySelector<HTMLTextAreaElement>(".rows-paste textarea");
  if (!isTable || !table) return;
  event.preventDefault();
  table.value = text;
  table.closest(".rows-paste")?.querySelector<HTMLButtonElement>("button")?.click();
}
