/**
 * Follows the office's event stream. Each event becomes `feed:<kind>` and `feed:any` on the body, with
 * the subject's id, so that parts of the page fetch themselves anew:
 * `hx-get="…" hx-trigger="feed:thread from:body"`.
 */
import htmx from "htmx.org";

import { officeTime } from "./page.ts";

const POLL_MS = 5_000;
const RETRY_MS = 3_000;

interface FeedEvent {
  kind: string;
  subject: string;
}

function read(text: string): FeedEvent | null {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return null;
    const { kind, subject } = data as Record<string, unknown>;
    if (typeof kind !== "string") return null;
    return { kind, subject: typeof subject === "string" ? subject : "" };
  } catch {
    return null;
  }
}

function tell(event: FeedEvent): void {
  const detail = { kind: event.kind, subject: event.subject };
  htmx.trigger(document.body, `feed:${event.kind}`, detail);
  htmx.trigger(document.body, "feed:any", detail);
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

export function followFeed(): void {
  const url = document.documentElement.dataset["feed"];
  if (!url) return;
  let lostSince = "";
  let polling: number | undefined;

  const poll = (on: boolean): void => {
    if (on && polling === undefined) {
      polling = window.setInterval(() => tell({ kind: "poll", subject: "" }), POLL_MS);
    } else if (!on) {
      window.clearInterval(polling);
      polling = undefined;
    }
  };

  const connect = (): void => {
    const source = new EventSource(url);
    source.onopen = () => {
      poll(false);
      show("live");
      // What happened while the line was away arrives by Last-Event-ID; a reopened page asks once.
      if (lostSince) tell({ kind: "back", subject: "" });
      lostSince = "";
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const event = read(message.data);
      if (event) tell(event);
    };
    source.onerror = () => {
      lostSince ||= officeTime();
      show("lost", lostSince);
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      show("polling");
      poll(true);
      window.setTimeout(connect, RETRY_MS);
    };
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };
  connect();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
}
