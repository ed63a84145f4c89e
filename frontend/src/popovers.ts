/** A `<details data-popover>` closes when one turns to something else. */
function open(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details[data-popover][open]");
}

export function closePopovers(): void {
  document.addEventListener("click", (event) => {
    for (const one of open()) if (!one.contains(event.target as Node)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of open()) {
      one.open = false;
      one.querySelector("summary")?.focus();
    }
  });
}
