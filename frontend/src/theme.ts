/** Changes the theme at once; the form behind it keeps the choice without this too. */
export function chooseTheme(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-theme-choice]");
    const form = button?.form;
    if (!button || !form) return;
    event.preventDefault();
    document.documentElement.dataset["theme"] = button.value;
    for (const one of form.querySelectorAll("[data-theme-choice]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    const body = new FormData(form);
    body.set("theme", button.value);
    void fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
