/**
 * Keeps the board up to date. After an event, and once a minute for what time alone changes, what is not the
 * newest is fetched and brought up to date in place: first the feed and what needs action, then, once they
 * are drawn, the map and the hours; the frame around them follows a moment later. `P` holds the feed still,
 * and says since when and what waits. Where the server does not answer, what stands there stays with its age.
 */
import { markChosen } from "./chosen.ts";
import { tellHours } from "./hours.ts";
import { officeTime } from "./page.ts";
import { bringUpToDate } from "./reconcile.ts";

const MINUTE_MS = 60_000;
const FRAME_MS = 1_500;
const FEED = "#board-feed";
/** What is fetched together, by the name that the server knows. */
const LISTS = { name: "lists", parts: [FEED, "#board-needs", ".band-marking"] };
const MIDDLE = { name: "middle", parts: ["#board-middle"] };
const FRAME = [".rail", ".status-unread", "#status-links", "#breaking-in", ".band"];
const OURS = { "Blo-Background": "yes" };

/** When the server last said what is new, by the office's clock; at first, when the page came. */
let newAt = "";

export function keepBoard(): void {
  const board = document.querySelector<HTMLElement>("#board[data-board]");
  if (!board) return;
  newAt = officeTime();
  let asking = false;
  let again = false;
  let frame: number | undefined;

  const refresh = async (): Promise<void> => {
    again = asking;
    if (asking) return;
    asking = true;
    try {
      const lists = await bring(board, LISTS);
      if (lists) await painted();
      document.body.dispatchEvent(new CustomEvent("map-refresh"));
      const middle = await bring(board, MIDDLE);
      if (lists || middle) {
        window.clearTimeout(frame);
        frame = window.setTimeout(() => void refreshFrame(board), FRAME_MS);
      }
    } finally {
      asking = false;
    }
    if (again) void refresh();
  };

  document.body.addEventListener("feed:any", () => void refresh());
  window.setInterval(() => void refresh(), MINUTE_MS);
  pauseByButton(board, () => void refresh());
  markChosen(board);
  tellHours();
}

/** Bring those of some parts up to date of which this page does not have the newest state; false where none is. */
async function bring(board: HTMLElement, wanted: typeof LISTS): Promise<boolean> {
  const html = await fresh(board, wanted);
  if (!html) return false;
  const paused = board.dataset["paused"] !== undefined;
  bringUpToDate(html, paused ? wanted.parts.filter((part) => part !== FEED) : wanted.parts, board);
  if (paused) sayWaiting(html, board);
  return true;
}

/** Ask for them; nothing where this page has all, or nobody answers: then the next event asks again. */
async function fresh(board: HTMLElement, { name, parts }: typeof LISTS): Promise<string> {
  const url = new URL(board.dataset["board"] ?? "", location.href);
  url.searchParams.append("part", name);
  for (const part of parts) {
    const digest = document.querySelector<HTMLElement>(part)?.dataset["digest"];
    if (digest) url.searchParams.append("have", digest);
  }
  try {
    const answer = await fetch(url, { headers: OURS, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) location.reload();
    sayAge(board, answer.ok);
    return answer.status === 200 ? await answer.text() : "";
  } catch {
    sayAge(board, false);
    return "";
  }
}

/** Say as of when the board is while the server does not answer. */
function sayAge(board: HTMLElement, isNew: boolean): void {
  if (isNew) newAt = officeTime();
  const line = document.querySelector<HTMLElement>(".board-old");
  if (!line || line.hidden === isNew) return;
  line.textContent = isNew ? "" : (board.dataset["wordsOld"] ?? "").replace("{time}", newAt);
  line.hidden = isNew;
}

/** The next moment at which the browser has drawn what stands on the page. A hidden page draws nothing. */
function painted(): Promise<unknown> {
  return new Promise((done) => {
    window.setTimeout(done, 100);
    requestAnimationFrame(() => window.setTimeout(done));
  });
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
