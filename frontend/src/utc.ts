/** Says below a local date and time what it is in UTC, while it is typed. */
import { officeZone } from "./page.ts";

export function showUtc(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-utc-aside]")) {
    field.addEventListener("input", () => {
      const place = document.getElementById(field.dataset["utcAside"] ?? "");
      if (place) place.textContent = field.value ? inUtc(field.value, officeZone()) : "";
    });
  }
}

/** How far the zone is from UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      hourCycle: "h23",
    })
      .formatToParts(moment)
      .map((part) => [part.type, Number(part.value)]),
  ) as Record<"year" | "month" | "day" | "hour" | "minute", number>;
  const shown = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  return shown - Math.floor(moment / 60_000) * 60_000;
}

function inUtc(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return "";
  const moment = asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone);
  const words = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(moment);
  return `${words.replace(",", "")} UTC`;
}
