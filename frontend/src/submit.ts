/** Ctrl+Enter sends the form in which the cursor stands; a form is sent once. */
export function submitByKey(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
    const inside = event.target instanceof Element ? event.target.closest("form") : null;
    const form = inside ?? document.querySelector<HTMLFormElement>("form[data-main]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector<HTMLButtonElement>("button.btn-primary:not([disabled])");
    form.requestSubmit(button ?? undefined);
  });
  document.addEventListener("submit", (event) => {
    const button = event instanceof SubmitEvent ? event.submitter : null;
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset["sent"]) return event.preventDefault();
    form.dataset["sent"] = "yes";
    button?.setAttribute("aria-busy", "true");
    window.setTimeout(() => release(form), 5_000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
