/**
 * Keeps the board up to date. After an event, and once a minute for what time alone changes, the parts that
 * are not the newest are fetched and brought up to date in place; the frame around them follows a moment
 * later. `P` holds the feed still, and says since when and what waits.
 */
import { officeTime } from "./page.ts";
import { bringUpToDate } from "./reconcile.ts";

const SETTLE_MS = 15;
const MINUTE_MS = 60_000;
const FRAME_MS = 1_500;
const PARTS = ["#board-feed", "#board-middle", "#board-needs"];
const FRAME = [".rail", ".status-unread", "#status-links", "#breaking-in", ".band"];
const OURS = { "Blo-Background": "yes" };

export function keepBoard(): void {
  const board = document.querySelector<HTMLElement>("#board[data-board]");
  if (!board) return;
  let asking = false;
  let again = false;
  let soon: number | undefined;
  let frame: number | undefined;

  const refresh = async (): Promise<void> => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const html = await fresh(board);
      if (html) {
        show(html, board);
        window.clearTimeout(frame);
        frame = window.setTimeout(() => void refreshFrame(board), FRAME_MS);
      }
    } catch {
      // The line in the status bar says that there is no answer; the next event asks again.
    } finally {
      asking = false;
    }
    if (again) {
      again = false;
      void refresh();
    }
  };

  document.body.addEventListener("feed:any", () => {
    window.clearTimeout(soon);
    soon = window.setTimeout(() => void refresh(), SETTLE_MS);
  });
  window.setInterval(() => void refresh(), MINUTE_MS);
  pauseByButton(board, () => void refresh());
  tellHours();
}

/** Ask for the parts of which this page does not have the newest state; nothing where it has all. */
async function fresh(board: HTMLElement): Promise<string> {
  const url = new URL(board.dataset["board"] ?? "", location.href);
  for (const part of PARTS) {
    const digest = document.querySelector<HTMLElement>(part)?.dataset["digest"];
    if (digest) url.searchParams.append("have", digest);
  }
  const answer = await fetch(url, { headers: OURS, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) location.reload();
  return answer.status === 200 ? answer.text() : "";
}

function show(html: string, board: HTMLElement): void {
  const paused = board.dataset["paused"] !== undefined;
  const wanted = paused ? PARTS.filter((part) => part !== "#board-feed") : PARTS;
  bringUpToDate(html, [...wanted, ".band-marking"], board);
  if (paused) sayWaiting(html, board);
}

/** Rail, unread, links, and the band where it was empty before. */
async function refreshFrame(board: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: OURS, redirect: "manual" });
    if (answer.ok) bringUpToDate(await answer.text(), FRAME, board);
  } catch {
    // asked again after the next event
  }
}

function pauseByButton(board: HTMLElement, resume: () => void): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-pause]");
    if (!button) return;
    const paused = board.dataset["paused"] === undefined;
    button.setAttribute("aria-pressed", String(paused));
    const line = document.querySelector<HTMLElement>(".board-paused");
    if (paused) board.dataset["paused"] = officeTime();
    else delete board.dataset["paused"];
    if (line) {
      line.hidden = !paused;
      line.textContent = paused ? `${board.dataset["wordsPaused"] ?? ""} ${board.dataset["paused"] ?? ""}` : "";
    }
    if (!paused) resume();
  });
}

function sayWaiting(html: string, board: HTMLElement): void {
  const line = document.querySelector<HTMLElement>(".board-paused");
  const rows = new DOMParser().parseFromString(html, "text/html").querySelectorAll<HTMLElement>("#board-feed [data-item]");
  const here = new Set([...document.querySelectorAll<HTMLElement>("#board-feed [data-item]")].map((one) => one.dataset["item"]));
  const waiting = [...rows].filter((one) => !here.has(one.dataset["item"])).length;
  if (!line || !waiting) return;
  line.textContent = `${board.dataset["wordsPaused"] ?? ""} ${board.dataset["paused"] ?? ""} · ${board.dataset["wordsWaiting"] ?? ""}: ${waiting}`;
}

/** The bars: the mouse and the arrow keys tell the exact numbers of an hour. */
function tellHours(): void {
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
