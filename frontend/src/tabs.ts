/**
 * Below 1200 px the right panel (`[data-tab]`) becomes a tab beside the main one. On a phone the board's
 * panels stand one below the other: what needs action is never behind a tab.
 */
export function makeTabs(): void {
  const main = document.querySelector<HTMLElement>("main");
  const panels = [...document.querySelectorAll<HTMLElement>("main > [data-tab]")];
  if (!main || panels.length < 2) return;
  const stacks = main.classList.contains("layout-board");
  const narrow = window.matchMedia(stacks ? "(min-width: 700px) and (max-width: 1199px)" : "(max-width: 1199px)");
  const bar = document.createElement("div");
  bar.className = "panel-tabs";
  bar.setAttribute("role", "tablist");
  const tabs = panels.map((panel, place) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.textContent = panel.dataset["tab"] ?? "";
    panel.id ||= `panel-${place + 1}`;
    tab.id = `${panel.id}-tab`;
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => show(place));
    tab.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!by) return;
      const next = (place + by + panels.length) % panels.length;
      show(next);
      tabs[next]?.focus();
    });
    bar.append(tab);
    return tab;
  });
  let shown = 0;
  const show = (place: number): void => {
    shown = place;
    panels.forEach((panel, at) => {
      panel.hidden = narrow.matches && at !== place;
      if (narrow.matches) {
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", `${panel.id}-tab`);
      } else {
        panel.removeAttribute("role");
        panel.removeAttribute("aria-labelledby");
      }
      tabs[at]?.setAttribute("aria-selected", String(at === place));
      tabs[at]?.setAttribute("tabindex", at === place ? "0" : "-1");
    });
  };
  panels[0]?.before(bar);
  show(0);
  narrow.addEventListener("change", () => show(shown));
}
