/**
 * Rows of a form that repeat: a row that was added takes the focus, and keys add and take away.
 *
 * The buttons post the form and work without this. `Alt +` adds a row to the group in which one is,
 * `Alt -` takes away the row in which one is.
 */
export function helpWithRows(): void {
  document.addEventListener("htmx:load", (event) => {
    const group = event.target;
    if (!(group instanceof HTMLElement) || group.dataset["rows"] === undefined) return;
    const form = group.closest("form");
    firstField(group)?.focus();
    // What the server has drawn anew is what is typed now: the draft saves itself from it.
    form?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const button = buttonFor(event);
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
  });
}

/** The new row's first field; where a row was taken away, the button that adds one. */
function firstField(group: HTMLElement): HTMLElement | null {
  const row = group.querySelector<HTMLElement>("[data-new]");
  return row
    ? row.querySelector<HTMLElement>("input:not([type=hidden], .moment-picker), select:not([hidden]), textarea")
    : group.querySelector<HTMLElement>(".row-add:not(:disabled), .row-remove");
}

function buttonFor(event: KeyboardEvent): HTMLButtonElement | null {
  const here = document.activeElement;
  if (event.key === "+" || event.code === "Equal" || event.code === "NumpadAdd") {
    const group = here?.closest("[data-rows]") ?? here?.closest(".form-part")?.querySelector("[data-rows]");
    return group?.querySelector<HTMLButtonElement>(".row-add") ?? null;
  }
  if (event.key === "-" || event.code === "Minus" || event.code === "NumpadSubtract") {
    return here?.closest(".row-card")?.querySelector<HTMLButtonElement>(".row-remove") ?? null;
  }
  return null;
}
