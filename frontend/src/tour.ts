/** Points at what a step of the tour speaks of. */
export function pointOut(): void {
  const strip = document.querySelector<HTMLElement>("[data-tour-shows]");
  const shown = strip && document.querySelector<HTMLElement>(strip.dataset["tourShows"] ?? "");
  shown?.classList.add("toured");
  shown?.scrollIntoView({ block: "nearest" });
}
