/**
 * A thread: what is seen is confirmed as opened, phrases are gathered beside the text, and what is typed
 * outlives a lost sign-in. Without this the page has a button to confirm, a list of phrases, and a field.
 */
import htmx from "htmx.org";

import { officeTime } from "./page.ts";

/** An item counts as opened when it stands on a screen that somebody has before him. */
export function confirmWhatIsSeen(): void {
  const watcher = new IntersectionObserver((entries) => {
    if (document.visibilityState !== "visible") return;
    for (const entry of entries) if (entry.isIntersecting) confirm(entry.target as HTMLElement);
  });
  const watch = (): void => {
    for (const item of document.querySelectorAll<HTMLElement>("[data-unread]:not([data-seen])")) watcher.observe(item);
  };
  const confirm = (item: HTMLElement): void => {
    const form = item.querySelector<HTMLElement>("form[data-opened]");
    watcher.unobserve(item);
    if (!form || item.dataset["seen"] !== undefined) return;
    item.dataset["seen"] = "";
    htmx.trigger(form, "seen");
  };
  watch();
  document.addEventListener("page:reconciled", watch);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    // Observing anew tells at once what stands in view.
    for (const item of document.querySelectorAll("[data-unread]:not([data-seen])")) watcher.unobserve(item);
    watch();
  });
}

/** Open a thread at what is new, or at what the address names. */
export function beginAtNew(): void {
  const place = document.querySelector<HTMLElement>("[data-thread]");
  if (!place) return;
  const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const start = named ?? place.querySelector<HTMLElement>("[data-unread]");
  if (start && start !== place.querySelector("[data-item]")) start.scrollIntoView({ block: "start" });
}

export function gatherPhrases(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-phrases]")) {
    if (place.dataset["phrasesOn"]) continue;
    place.dataset["phrasesOn"] = "yes";
    new Phrases(place);
  }
}

class Phrases {
  private readonly select: HTMLSelectElement;
  private readonly list: HTMLElement;

  constructor(private readonly place: HTMLElement) {
    this.select = place.querySelector("select") as HTMLSelectElement;
    this.list = document.getElementById(place.dataset["phrases"] ?? "") as HTMLElement;
    const form = this.select.form as HTMLFormElement;
    const input = place.querySelector<HTMLInputElement>("[role=combobox]");
    if (input) {
      input.dataset["key"] = "#";
      input.setAttribute("aria-keyshortcuts", "#");
      input.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`)?.textContent ?? "");
    }
    this.select.addEventListener("change", () => {
      if (!this.select.value) return;
      this.add(this.select.value);
      this.select.value = "";
      this.select.dispatchEvent(new Event("change"));
      form.querySelector<HTMLElement>("textarea")?.focus();
    });
    const quick = form.querySelector<HTMLElement>("[data-quick]");
    if (quick) quick.hidden = false;
    quick?.addEventListener("click", (event) => {
      const chip = (event.target as Element).closest<HTMLElement>("[data-phrase]");
      if (chip) this.add(chip.dataset["phrase"] ?? "");
    });
    this.list.addEventListener("click", (event) => {
      const row = (event.target as Element).closest(".phrase-out")?.closest("li");
      if (!row) return;
      row.remove();
      this.list.dispatchEvent(new Event("input", { bubbles: true }));
    });
    this.keep(form);
  }

  private chosen(): string[] {
    return [...this.list.querySelectorAll<HTMLInputElement>("input")].map((one) => one.value);
  }

  private add(number: string): void {
    const option = [...this.select.options].find((one) => one.value === number);
    if (!option || this.chosen().includes(number)) return;
    const row = document.createElement("li");
    row.className = "phrase";
    const code = document.createElement("span");
    code.className = "phrase-number";
    code.textContent = number;
    const text = document.createElement("span");
    text.textContent = option.text.slice(number.length).trim();
    const value = document.createElement("input");
    value.type = "hidden";
    value.name = this.select.name;
    value.value = number;
    const out = document.createElement("button");
    out.type = "button";
    out.className = "phrase-out";
    out.setAttribute("aria-label", `${this.place.dataset["remove"] ?? ""} ${number}`);
    out.textContent = "×";
    row.append(code, text, value, out);
    this.list.append(row);
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Keep what is typed in this window until it is sent. */
  private keep(form: HTMLFormElement): void {
    const key = `blo-said:${form.dataset["keeps"] ?? ""}`;
    const text = form.querySelector("textarea") as HTMLTextAreaElement;
    const said = form.querySelector<HTMLElement>("[data-kept-here]");
    const say = (): void => {
      if (!said) return;
      said.hidden = !text.value && !this.chosen().length;
      said.textContent = `${said.dataset["words"] ?? ""} ${officeTime()}`;
    };
    try {
      // What was accepted leads to its place in the thread; what was refused leads back here without one.
      if (sessionStorage.getItem(`${key}:sent`) && location.hash.startsWith("#item-")) sessionStorage.removeItem(key);
      sessionStorage.removeItem(`${key}:sent`);
      const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as { text: string; phrases: string[] } | null;
      if (kept && !text.value) text.value = kept.text;
      for (const number of kept?.phrases ?? []) this.add(number);
      if (kept) say();
    } catch {
      // nothing was kept, or it cannot be read
    }
    form.addEventListener("input", () => {
      try {
        sessionStorage.setItem(key, JSON.stringify({ text: text.value, phrases: this.chosen() }));
        say();
      } catch {
        // a browser that keeps nothing loses only this comfort
      }
    });
    form.addEventListener("submit", () => {
      try {
        sessionStorage.setItem(`${key}:sent`, "yes");
      } catch {
        // as above
      }
    });
  }
}

/** A link that unfolds a part of the page and puts the cursor into it. */
export function unfold(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-unfolds]");
    const part = link ? document.getElementById(link.dataset["unfolds"] ?? "") : null;
    if (!(part instanceof HTMLDetailsElement)) return;
    event.preventDefault();
    part.open = true;
    part.scrollIntoView({ block: "nearest" });
    part.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
  });
  document.addEventListener("toggle", (event) => {
    const part = event.target;
    if (part instanceof HTMLDetailsElement && part.matches(".act") && part.open) {
      part.querySelector<HTMLElement>("select")?.focus();
    }
  }, true);
}

/** Paper has no "More": every field stands on it. */
export function unfoldForPaper(): void {
  let folded: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll<HTMLDetailsElement>("details.card-more:not([open])")];
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
}
