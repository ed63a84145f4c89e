/** The bars of the board: the mouse and the arrow keys tell the exact numbers of an hour. */
export function tellHours(): void {
  const tell = (chart: Element, hour: Element | null): void => {
    for (const one of chart.querySelectorAll(".is-told")) one.classList.remove("is-told");
    hour?.classList.add("is-told");
    const line = chart.querySelector(".board-hour-said");
    if (line) line.textContent = hour?.getAttribute("data-hour") ?? "";
  };
  document.addEventListener("keydown", (event) => {
    const chart = (event.target as Element).closest?.("[data-hours]");
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!chart || !by) return;
    const hours = [...chart.querySelectorAll(".hour")];
    const at = hours.findIndex((one) => one.classList.contains("is-told"));
    const next = at < 0 ? hours.length - 1 : Math.min(Math.max(at + by, 0), hours.length - 1);
    tell(chart, hours[next] ?? null);
    event.preventDefault();
  });
  document.addEventListener("pointerover", (event) => {
    const chart = (event.target as Element).closest("[data-hours]");
    if (chart) tell(chart, (event.target as Element).closest(".hour"));
  });
}
