/**
 * Follows the office's event stream. Each event that a part of the page waits for becomes `feed:<kind>`
 * and `feed:any` on the body, with the subject's id in `event.detail`, so that the part fetches itself
 * anew: `hx-get="…" hx-trigger="feed:thread from:body"`, or `data-feed-kinds="thread"` for a script.
 */
import htmx from "htmx.org";

import { officeTime } from "./page.ts";

const POLL_MS = 5_000;
const RETRY_MS = 3_000;

/** The kinds of events that the page waits for: an event stream must be told them by name. */
function kindsWanted(): string[] {
  const waiting = document.querySelectorAll<HTMLElement>("[hx-trigger*='feed:'], [data-feed-kinds]");
  const kinds = [...waiting].flatMap((one) => [
    ...[...(one.getAttribute("hx-trigger") ?? "").matchAll(/feed:([a-z_]+)/g)].map((found) => found[1] ?? ""),
    ...(one.dataset["feedKinds"] ?? "").split(" "),
  ]);
  return [...new Set(kinds)].filter((kind) => kind && kind !== "any");
}

function subjectOf(text: string): string {
  try {
    const data: unknown = JSON.parse(text);
    const subject = (data as { subject?: unknown } | null)?.subject;
    return typeof subject === "string" ? subject : "";
  } catch {
    return "";
  }
}

function tell(kind: string, subject: string): void {
  const detail = { kind, subject };
  htmx.trigger(document.body, `feed:${kind}`, detail);
  htmx.trigger(document.body, "feed:any", detail);
}

/** Without the stream the page asks for everything anew that it shows live. */
function tellAll(): void {
  for (const kind of kindsWanted()) htmx.trigger(document.body, `feed:${kind}`, { kind, subject: "" });
  htmx.trigger(document.body, "feed:any", { kind: "any", subject: "" });
}

/** Says in the status bar how fresh the page is; while all is well it says nothing. */
function show(state: "live" | "polling" | "lost", since = ""): void {
  const place = document.querySelector<HTMLElement>("#live-state");
  if (!place) return;
  const words = { live: "wordsLive", polling: "wordsPolling", lost: "wordsLost" }[state];
  place.hidden = state === "live";
  place.dataset["state"] = state;
  place.textContent = [place.dataset[words] ?? "", since].filter(Boolean).join(" ");
}

interface Asked {
  triggeringEvent?: Event;
  headers: Record<string, string>;
}

/** What the page fetches by itself is no work of the officer's: an idle computer is to sign out. */
function tellWhatIsOurOwn(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { triggeringEvent, headers } = (event as CustomEvent<Asked>).detail;
    const why = triggeringEvent?.type ?? "every";
    if (why === "every" || why === "seen" || why.startsWith("feed:")) headers["Blo-Background"] = "yes";
  });
}

export function followFeed(): void {
  tellWhatIsOurOwn();
  const url = document.documentElement.dataset["feed"];
  if (!url) return;
  let lostSince = "";
  let polling: number | undefined;

  const poll = (on: boolean): void => {
    if (on && polling === undefined) {
      polling = window.setInterval(tellAll, POLL_MS);
    } else if (!on) {
      window.clearInterval(polling);
      polling = undefined;
    }
  };

  let source: EventSource | undefined;
  const heard = new Set<string>();
  const hear = (): void => {
    for (const kind of kindsWanted()) {
      if (!source || heard.has(kind)) continue;
      heard.add(kind);
      source.addEventListener(kind, (event) => tell(kind, subjectOf((event as MessageEvent<string>).data)));
    }
  };

  const connect = (): void => {
    source?.close();
    heard.clear();
    source = new EventSource(url);
    hear();
    // The server says so where this page fell too far behind to be told event by event.
    source.addEventListener("resync", tellAll);
    source.onopen = () => {
      // What happened while a line was away comes by Last-Event-ID; a new line asks for all once.
      if (polling !== undefined) tellAll();
      poll(false);
      show("live");
      lostSince = "";
    };
    source.onerror = () => {
      lostSince ||= officeTime();
      show("lost", lostSince);
      if (source?.readyState !== EventSource.CLOSED) return;
      show("polling");
      poll(true);
      window.setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  document.addEventListener("htmx:load", hear);
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
}
