/**
 * The one search of every page, under `/` and Ctrl K: everything an officer may do and reach, found by words
 * in any script, and below it the searches to which what is typed leads on.
 *
 * The list comes from the office's server. The field keeps the focus; arrows choose, Enter opens, and waits
 * for the list where it is quicker. What was listed before stays in view while it is fetched anew.
 * `web/everything/finding.py` narrows the same list for a page without scripts.
 */
import { fold } from "./fold.ts";
import { announce } from "./page.ts";

/** The list that is on its way. */
let coming: Promise<void> = Promise.resolve();

/** Open the window, or go to the field of the page that holds the list already. */
export function openEverything(): boolean {
  const box = document.querySelector<HTMLElement>("[data-everything]");
  const field = box?.querySelector<HTMLInputElement>("[data-everything-find]");
  if (!box || !field) return false;
  if (box instanceof HTMLDialogElement && !box.open) {
    if (document.querySelector("dialog[open]")) return false;
    box.showModal();
    field.value = "";
    narrow(box);
    coming = fetchList(box);
  }
  field.focus();
  field.select();
  return true;
}

export function findEverything(): void {
  const box = document.querySelector<HTMLElement>("[data-everything]");
  const field = box?.querySelector<HTMLInputElement>("[data-everything-find]");
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest("[data-opens-everything]");
    if (opener && openEverything()) event.preventDefault();
  });
  if (!box || !field) return;
  field.addEventListener("input", () => {
    narrow(box);
    announce(said(box));
  });
  field.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) choose(box, by);
    else if (event.key === "Enter" && !event.isComposing) void coming.then(() => chosen(box)?.click());
    else return;
    event.preventDefault();
  });
  box.addEventListener("pointermove", (event) => {
    const entry = (event.target as Element).closest<HTMLElement>(".everything-entry");
    if (entry && entry !== chosen(box)) mark(box, entry);
  });
  if (box.querySelector("[data-everything-list]")) dress(box);
}

async function fetchList(box: HTMLElement): Promise<void> {
  const place = box.querySelector<HTMLElement>("[data-everything-place]");
  const failed = box.querySelector<HTMLElement>("[data-everything-failed]");
  if (!place || !failed) return;
  const html = await ask(box.dataset["everything"] ?? "");
  const known = place.querySelector("[data-everything-list]") !== null;
  failed.hidden = html !== null || known;
  place.hidden = html === null && !known;
  if (html === null) return;
  place.innerHTML = html;
  dress(box);
}

async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** Let the entries be heard as the list of the field, and narrow them to what is typed by now. */
function dress(box: HTMLElement): void {
  const list = box.querySelector<HTMLElement>("[data-everything-options]");
  const field = box.querySelector<HTMLInputElement>("[data-everything-find]");
  if (!list || !field) return;
  list.id = "everything-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
  for (const [role, selector] of [
    ["group", ".everything-group"],
    ["presentation", "h2, ul, li, [data-everything-search], .everything-marking, form, [data-everything-none]"],
    ["option", ".everything-entry"],
  ] as const) {
    for (const one of list.querySelectorAll<HTMLElement>(selector)) one.setAttribute("role", role);
  }
  all(box).forEach((entry, place) => {
    entry.id = `everything-entry-${place}`;
    entry.tabIndex = -1;
  });
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", list.id);
  narrow(box);
}

function all(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(".everything-entry")];
}

function shown(box: HTMLElement): HTMLElement[] {
  return all(box).filter((one) => !one.closest("[hidden]"));
}

function narrow(box: HTMLElement): void {
  const typed = box.querySelector<HTMLInputElement>("[data-everything-find]")?.value.trim() ?? "";
  const wanted = fold(typed).split(" ").filter(Boolean);
  for (const group of box.querySelectorAll<HTMLElement>(".everything-group")) {
    let any = false;
    for (const entry of group.querySelectorAll<HTMLElement>(".everything-entry")) {
      const has = matches(entry, wanted);
      if (entry.parentElement) entry.parentElement.hidden = !has;
      any ||= has;
    }
    group.hidden = !any;
  }
  leadOn(box, typed);
  const none = box.querySelector<HTMLElement>("[data-everything-none]");
  const found = shown(box);
  if (none) none.hidden = found.some((one) => one.closest("[data-everything-list]"));
  mark(box, best(found, wanted));
  box.querySelector("[data-everything-place]")?.scrollTo(0, 0);
}

function matches(entry: HTMLElement, wanted: string[]): boolean {
  const words = fold(`${entry.textContent ?? ""} ${entry.dataset["entry"] ?? ""}`).split(" ");
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

/** What Enter opens: an entry whose own name begins so, before one that is found by its note. */
function best(found: HTMLElement[], wanted: string[]): HTMLElement | undefined {
  const first = wanted[0];
  if (first === undefined) return found[0];
  const named = (one: HTMLElement) => fold(one.querySelector(".everything-name")?.textContent ?? "");
  return found.find((one) => named(one).startsWith(wanted.join(" "))) ?? found[0];
}

/** The last lines lead what is typed on to where it is looked for. */
function leadOn(box: HTMLElement, typed: string): void {
  for (const line of box.querySelectorAll<HTMLElement>("[data-everything-search]")) {
    const link = line.querySelector("a");
    const words = line.querySelector("[data-everything-words]");
    if (!link || !words) continue;
    line.hidden = !typed;
    words.textContent = typed;
    link.href = `${line.dataset["everythingSearch"] ?? ""}?q=${encodeURIComponent(typed)}`;
  }
}

function chosen(box: HTMLElement): HTMLElement | undefined {
  return all(box).find((one) => one.getAttribute("aria-selected") === "true");
}

function choose(box: HTMLElement, by: number): void {
  const found = shown(box);
  if (!found.length) return;
  const at = found.findIndex((one) => one === chosen(box));
  const next = Math.abs(by) === 1 ? (at + by + found.length) % found.length : at + by;
  const entry = found[Math.min(Math.max(next, 0), found.length - 1)];
  mark(box, entry);
  entry?.scrollIntoView({ block: "nearest" });
}

function mark(box: HTMLElement, entry: HTMLElement | undefined): void {
  for (const one of all(box)) one.setAttribute("aria-selected", String(one === entry));
  const field = box.querySelector("[data-everything-find]");
  if (entry) field?.setAttribute("aria-activedescendant", entry.id);
  else field?.removeAttribute("aria-activedescendant");
}

/** Say what Enter would open. */
function said(box: HTMLElement): string {
  const words = chosen(box) ?? box.querySelector("[data-everything-none] h3");
  return words?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
