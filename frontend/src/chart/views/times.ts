/** Moments in words by both clocks: that of the office, and UTC. */
import { formatClock, language, officeZone } from "../../page.ts";

const DAY_S = 86_400;

/** “13 May 2026, 08:20 (02:20 UTC)”; the day alone where no more is known. */
export function moment(seconds: number): string {
  const at = new Date(seconds * 1000);
  if (seconds % DAY_S === 0) return day(at, "UTC");
  const zone = officeZone();
  const [here, there] = [day(at, zone), day(at, "UTC")];
  const utc = `${here === there ? "" : `${there}, `}${formatClock(at, "UTC", false)} UTC`;
  return zone === "UTC" ? `${here}, ${utc}` : `${here}, ${formatClock(at, zone, false)} (${utc})`;
}

function day(at: Date, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric", timeZone };
  return new Intl.DateTimeFormat(language(), options).format(at).replace(/\s*г\.$/, "");
}
