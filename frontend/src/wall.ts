/**
 * Keeps the wall up for weeks: asks every ten seconds, and says plainly when it stands still, and since when.
 *
 * One timer, no listener, and elements that change in place: what runs for a month must be as large at its
 * end as on its first day. A new version of the page loads itself, but only after the server has given the
 * new page once: a browser's own error page would stand for ever.
 */
import { formatClock, language } from "./page.ts";
import { bringUpToDate } from "./reconcile.ts";

const TURN_MS = 10_000;
const LIMIT_MS = 30_000;
const LATE_MS = 45_000;
const OURS = { "Blo-Background": "yes" };

/** How far the server's clock is ahead of this computer's. */
let ahead = 0;
let heardAt = 0;
let isEnded = false;
let isAsking = false;

export function keepWall(): void {
  const keeper = document.querySelector<HTMLElement>("[data-wall]");
  if (!keeper) return;
  heardAt = now();
  turn(keeper);
}

function now(): number {
  return Date.now() + ahead;
}

/** Each turn begins with a tenth of a minute, so that the clock changes when the minute does. */
function turn(keeper: HTMLElement): void {
  showClocks();
  showState(keeper);
  if (!isAsking) void ask(keeper);
  window.setTimeout(() => turn(keeper), TURN_MS - (now() % TURN_MS));
}

async function ask(keeper: HTMLElement): Promise<void> {
  isAsking = true;
  try {
    const answer = await fetch(keeper.dataset["wall"] ?? "", {
      headers: OURS,
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    isEnded = answer.status === 401 || answer.type === "opaqueredirect";
    if (answer.status === 200) await take(answer, keeper);
  } catch {
    // The state line says since when; the next turn asks again.
  }
  isAsking = false;
  showState(keeper);
}

async function take(answer: Response, keeper: HTMLElement): Promise<void> {
  const html = await answer.text();
  const said = Date.parse(answer.headers.get("Date") ?? "");
  if (said) ahead = said - Date.now();
  heardAt = now();
  const build = answer.headers.get("Blo-Build");
  if (build && build !== keeper.dataset["build"] && (await isThere())) return location.reload();
  bringUpToDate(html, ["#wall"], keeper);
}

/** Whether the page itself is to be had. */
async function isThere(): Promise<boolean> {
  const page = await fetch(location.href, { headers: OURS, redirect: "manual" });
  return page.status === 200;
}

function showClocks(): void {
  const moment = new Date(now());
  for (const face of document.querySelectorAll<HTMLElement>("[data-wall-clock]")) {
    write(face, formatClock(moment, face.dataset["wallClock"] ?? "UTC", false));
  }
  for (const face of document.querySelectorAll<HTMLElement>("[data-wall-day]")) {
    write(face, dayOf(moment, face.dataset["wallDay"] ?? "UTC"));
  }
}

function dayOf(moment: Date, zone: string): string {
  const day = new Intl.DateTimeFormat(language(), { timeZone: zone, weekday: "short", day: "numeric", month: "long" });
  return day.format(moment).replace(",", "");
}

function showState(keeper: HTMLElement): void {
  const place = document.querySelector<HTMLElement>("#wall-state");
  if (!place) return;
  const isStill = isEnded || now() - heardAt > LATE_MS;
  if (place.hidden !== !isStill) place.hidden = !isStill;
  document.body.classList.toggle("is-still", isStill);
  if (!isStill) return;
  const zone = document.querySelector<HTMLElement>("[data-wall-clock]")?.dataset["wallClock"] ?? "UTC";
  const since = new Date(heardAt);
  const words = [place.dataset["wordsLost"], dayOf(since, zone), formatClock(since, zone, false)].join(" ");
  const why = isEnded ? place.dataset["wordsEnded"] : place.dataset["wordsAgain"];
  write(place, `${words}: ${why ?? ""}.`);
  if (isEnded && !document.querySelector(".wall-sign-in")) addSignIn(place, keeper.dataset["signIn"] ?? "/");
}

function addSignIn(place: HTMLElement, url: string): void {
  const link = document.createElement("a");
  link.className = "btn wall-sign-in";
  link.href = url;
  link.textContent = place.dataset["wordsSignIn"] ?? "";
  place.after(link);
}

function write(place: HTMLElement, words: string): void {
  if (place.textContent !== words) place.textContent = words;
}
