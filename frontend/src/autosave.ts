/**
 * Saves a draft by itself: within five seconds of the last change, and at most every five seconds.
 *
 * `<form data-autosave="/drafts/7">` posts itself there. `[data-draft-state]` in it says what happened,
 * in the words it carries. What could not be saved stays in this window and is offered again.
 */
import { officeTime, renewToken } from "./page.ts";

const PAUSE_MS = 2_000;
const AT_MOST_MS = 5_000;
const SENT = "blo-sent";

/** A form that was sent and has led to another page than the one for its age was accepted. */
export function forgetWhatWasAccepted(): void {
  try {
    const key = sessionStorage.getItem(SENT);
    if (!key || document.body.classList.contains("page-too-old")) return;
    sessionStorage.removeItem(SENT);
    const open = [...document.querySelectorAll<HTMLFormElement>("form[data-autosave]")];
    if (!open.some((form) => key === `blo-draft:${form.dataset["autosave"] ?? ""}`)) sessionStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

export function saveDrafts(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-autosave]")) {
    if (form.dataset["autosaveOn"]) continue;
    form.dataset["autosaveOn"] = "yes";
    new Draft(form).follow();
  }
}

/** The server's answer where it does not save. */
interface Refusal {
  error: string;
  revision: number;
}

class Draft {
  private timer: number | undefined;
  private firstChange = 0;
  private sent: string;
  private busy = false;
  private submitting = false;
  private stopped = false;
  private readonly url: string;
  private readonly place: HTMLElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.url = form.dataset["autosave"] ?? form.action;
    this.place = form.querySelector("[data-draft-state]") ?? document.querySelector("[data-draft-state]");
    this.sent = this.text();
  }

  follow(): void {
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", () => {
      this.submitting = true;
      window.clearTimeout(this.timer);
      this.keepUntilAccepted();
    });
    window.addEventListener("pageshow", () => (this.submitting = false));
    window.addEventListener("online", () => void this.save());
    this.form.addEventListener("draft:resume", () => {
      this.stopped = false;
      this.sent = "";
      void this.save();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveLeaving();
    });
  }

  /** What is typed, without files and the token. */
  private text(): string {
    const pairs = [...new FormData(this.form)].filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && pair[0] !== "csrfmiddlewaretoken",
    );
    return new URLSearchParams(pairs).toString();
  }

  private key(): string {
    return `blo-draft:${this.url}`;
  }

  private changed(): void {
    const now = Date.now();
    this.firstChange ||= now;
    const wait = Math.max(0, Math.min(PAUSE_MS, this.firstChange + AT_MOST_MS - now));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), wait);
  }

  private async save(): Promise<void> {
    const text = this.text();
    this.firstChange = 0;
    if (this.stopped || this.submitting || text === this.sent) return;
    if (this.busy) return this.changed();
    this.busy = true;
    try {
      let answer = await this.post();
      // Signed in again beside this page: its token is of the sign-in before.
      if (answer.status === 403 && (await renewToken())) answer = await this.post();
      if (answer.status === 409) return this.stop((await answer.json()) as Refusal);
      if (!answer.ok) throw new Error(String(answer.status));
      this.sent = text;
      this.forget();
      this.say("saved");
      this.form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true }));
    } catch {
      this.keep(text);
    } finally {
      this.busy = false;
    }
  }

  /** What is posted: all but the files, which are handed over once, by a button of their own. */
  private body(): FormData {
    const data = new FormData(this.form);
    for (const input of this.form.querySelectorAll<HTMLInputElement>("input[type=file][name]")) data.delete(input.name);
    return data;
  }

  private post(): Promise<Response> {
    return fetch(this.url, {
      method: "POST",
      body: this.body(),
      headers: { "HX-Request": "true", "X-Autosave": "1" },
      redirect: "manual",
    });
  }

  /** What is sent may be refused for the page's age; then this window still has it. */
  private keepUntilAccepted(): void {
    if (this.keepQuietly(this.text())) sessionStorage.setItem(SENT, this.key());
  }

  /** Another window has saved since: trying again cannot help, so it stops and says so in words. */
  private stop({ error, revision }: Refusal): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.say("failed", error);
    const detail = { words: error, revision };
    this.form.dispatchEvent(new CustomEvent("draft:conflict", { bubbles: true, detail }));
  }

  private saveLeaving(): void {
    const text = this.text();
    if (this.stopped || this.submitting || text === this.sent) return;
    this.keepQuietly(text);
    void fetch(this.url, {
      method: "POST",
      body: this.body(),
      headers: { "X-Autosave": "1" },
      redirect: "manual",
      keepalive: true,
    }).then((answer) => {
      if (!answer.ok) return;
      this.sent = text;
      this.forget();
    }, () => undefined);
  }

  private keepQuietly(text: string): boolean {
    try {
      sessionStorage.setItem(this.key(), text);
      return true;
    } catch {
      return false;
    }
  }

  private keep(text: string): void {
    this.say(this.keepQuietly(text) ? "kept" : "failed");
    this.changed();
  }

  private forget(): void {
    try {
      sessionStorage.removeItem(this.key());
    } catch {
      // nothing was kept
    }
  }

  /** Put back what was typed here and never reached the server. */
  private restore(): void {
    let text: string | null = null;
    try {
      text = sessionStorage.getItem(this.key());
    } catch {
      return;
    }
    if (!text || text === this.sent) return this.forget();
    const kept = new URLSearchParams(text);
    for (const control of this.form.elements) fill(control, kept);
    this.say("restored");
    this.changed();
  }

  private say(state: "saved" | "kept" | "failed" | "restored", instead = ""): void {
    if (!this.place) return;
    const said = this.place.dataset[`words${state[0]?.toUpperCase()}${state.slice(1)}`] ?? "";
    const words = instead || said;
    this.place.dataset["state"] = state;
    const place = this.place.querySelector("[data-draft-words]") ?? this.place;
    place.textContent = words.replace("{time}", officeTime());
  }
}

function fill(control: Element, kept: URLSearchParams): void {
  if (control instanceof HTMLInputElement) {
    if (["file", "submit", "button", "hidden", "password"].includes(control.type)) return;
    const values = kept.getAll(control.name);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (values[0] !== undefined) control.value = values[0];
  } else if (control instanceof HTMLTextAreaElement) {
    control.value = kept.get(control.name) ?? control.value;
  } else if (control instanceof HTMLSelectElement) {
    const values = kept.getAll(control.name);
    for (const option of control.options) option.selected = values.includes(option.value);
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
