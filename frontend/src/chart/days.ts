/** A day as it is written beside a thing: short, in the office's time. */
import { language, officeZone } from "../page.ts";

/** Writes the day of a moment that is given in seconds. */
export function dayWriter(): (seconds: number) => string {
  let form: Intl.DateTimeFormat | undefined;
  return (seconds) => {
    form ??= new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year: "2-digit", timeZone: officeZone() });
    return form.format(new Date(seconds * 1000)).replace(/\s*г\.$/, "");
  };
}
