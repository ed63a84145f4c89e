/**
 * Dates and times are typed as officers write them: `14.05.2026 22:00`, or shorter: `14.05 22:00`, `22:00`.
 *
 * What is understood is written out on leaving the field and said in UTC below it; what is not stays as
 * it was typed, for the server to say what is wrong. A calendar can be opened beside it.
 */
import { formatClock, language, officeZone, serverNow } from "./page.ts";

const TYPED = /^(?:(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?)?\s*(?:(\d{1,2}):(\d{2})(?::\d{2})?)?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;

export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export function helpWithMoments(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-moment]")) {
    if (field.dataset["momentOn"]) continue;
    field.dataset["momentOn"] = "yes";
    field.addEventListener("input", () => sayUtc(field));
    field.addEventListener("blur", () => writeOut(field));
    if (!field.disabled) addCalendar(field);
    sayUtc(field);
  }
}

function today(): Moment {
  const [year = 0, month = 0, day = 0] = new Intl.DateTimeFormat("sv-SE", { timeZone: officeZone() })
    .format(serverNow())
    .split("-")
    .map(Number);
  return { year, month, day, hour: 0, minute: 0 };
}

function read(text: string): Moment | null {
  const iso = ISO.exec(text.trim());
  if (iso) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = iso.slice(1).map((part) => Number(part ?? 0));
    return { year, month, day, hour, minute };
  }
  const typed = TYPED.exec(text.trim());
  if (!typed || !text.trim()) return null;
  const now = today();
  const [, day, month, year, hour, minute] = typed;
  const found = {
    year: year ? (year.length === 2 ? 2000 : 0) + Number(year) : now.year,
    month: month ? Number(month) : now.month,
    day: day ? Number(day) : now.day,
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
  };
  const check = new Date(Date.UTC(found.year, found.month - 1, found.day, found.hour, found.minute));
  const same = check.getUTCMonth() === found.month - 1 && check.getUTCHours() === found.hour;
  return same ? found : null;
}

/** Read what is typed as a moment; `now` is the office's present. */
export function readMoment(text: string): Moment | null {
  return text === "now" ? present() : read(text);
}

export function writeMoment(moment: Moment): string {
  return written(moment, true);
}

function present(): Moment {
  const [date = "", time = ""] = new Intl.DateTimeFormat("sv-SE", {
    timeZone: officeZone(),
    dateStyle: "short",
    timeStyle: "short",
  })
    .format(serverNow())
    .split(" ");
  return read(`${date}T${time}`) ?? today();
}

const two = (number: number): string => String(number).padStart(2, "0");

function written(moment: Moment, withTime: boolean): string {
  const day = `${two(moment.day)}.${two(moment.month)}.${moment.year}`;
  return withTime ? `${day} ${two(moment.hour)}:${two(moment.minute)}` : day;
}

/** Only what lacks nothing but its date or year is completed: an hour is never made up. */
function writeOut(field: HTMLInputElement): void {
  const withTime = field.dataset["moment"] !== "date";
  const moment = read(field.value);
  const hasTime = field.value.includes(":");
  if (!moment || withTime !== hasTime) return;
  const words = written(moment, withTime);
  if (words === field.value) return;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function addCalendar(field: HTMLInputElement): void {
  const picker = document.createElement("input");
  picker.type = field.dataset["moment"] ?? "date";
  picker.className = "moment-picker";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "moment-open";
  button.setAttribute("aria-label", field.dataset["pick"] ?? "");
  button.addEventListener("click", () => {
    const moment = read(field.value);
    if (moment) {
      const iso = `${moment.year}-${two(moment.month)}-${two(moment.day)}`;
      picker.value = picker.type === "date" ? iso : `${iso}T${two(moment.hour)}:${two(moment.minute)}`;
    }
    picker.showPicker();
  });
  picker.addEventListener("input", (event) => {
    event.stopPropagation();
    const moment = read(picker.value);
    if (!moment) return;
    field.value = written(moment, picker.type !== "date");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.after(button, picker);
}

/** How far the office's zone is from UTC at a moment, in milliseconds. */
export function offsetAt(moment: number, zone: string): number {
  const words = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${words.format(moment).replace(" ", "T")}Z`) - Math.floor(moment / 1000) * 1000;
}

function sayUtc(field: HTMLInputElement): void {
  const place = document.getElementById(field.dataset["utcAside"] ?? "");
  if (!place) return;
  const moment = field.value.includes(":") ? read(field.value) : null;
  if (!moment) {
    place.textContent = "";
    return;
  }
  const zone = officeZone();
  const { year, month, day, hour, minute } = moment;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const instant = new Date(asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone));
  const date = new Intl.DateTimeFormat(language(), { timeZone: "UTC", day: "numeric", month: "long" });
  place.textContent = `${date.format(instant)} ${formatClock(instant, "UTC", false)} UTC`;
}
