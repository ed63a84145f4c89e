/** The clocks of the status bar tick by the server's time. */
import { formatClock, language, serverNow } from "./page.ts";

function show(face: HTMLElement, moment: Date): void {
  const zone = face.dataset["clock"] ?? "UTC";
  const form = face.dataset["clockForm"];
  const words =
    form === "day"
      ? new Intl.DateTimeFormat(language(), {
          timeZone: zone,
          weekday: "short",
          day: "numeric",
          month: "short",
        })
          .format(moment)
          .replace(",", "")
      : formatClock(moment, zone, form === "time");
  if (face.textContent !== words) face.textContent = words;
}

export function tickClocks(): void {
  const tick = (): void => {
    const moment = serverNow();
    for (const face of document.querySelectorAll<HTMLElement>("[data-clock]")) show(face, moment);
    window.setTimeout(tick, 1000 - moment.getMilliseconds());
  };
  tick();
}
