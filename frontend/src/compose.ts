/**
 * A draft: the list of its parts follows the reader, moments are filled in by one click, offices are
 * found by typing, and after each save the page says anew what is wrong and what is left.
 */
import { bringUpToDate } from "./reconcile.ts";
import { fold } from "./fold.ts";
import { readMoment, writeMoment } from "./moments.ts";

const HOUR_MS = 3_600_000;
/** What stays above the form where the page itself scrolls, in pixels. */
const STICKY = 64;

export function helpToCompose(): void {
  const form = document.querySelector<HTMLFormElement>("form#draft");
  if (!form) return;
  followParts(form);
  offerMoments(form);
  keepOfficesApart(form);
  narrowOffices(form);
  form.addEventListener("draft:saved", () => void sayAnew(form));
  // What was said of a field while somebody wrote in it is shown when he leaves it.
  form.addEventListener("focusout", () => queueMicrotask(() => sayAtFields(form)));
  settleConflict(form);
}

/** The part that is read is marked in the list; the keys and links of the list lead into its first field. */
function followParts(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-form]");
  const parts = [...form.querySelectorAll<HTMLElement>(".form-part")];
  const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>("a[data-part]")];
  const mark = (id: string): void => {
    for (const link of links()) {
      if (link.hash === `#${id}`) {
        link.setAttribute("aria-current", "true");
        if (link.parentElement) link.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
    }
  };
  const find = (): void => {
    const top = Math.max(place?.getBoundingClientRect().top ?? 0, STICKY) + 96;
    const read = parts.filter((one) => one.getBoundingClientRect().top <= top).pop() ?? parts[0];
    const focused = document.activeElement?.closest(".form-part");
    const here = focused && inView(focused) ? focused : read;
    if (here) mark(here.id);
  };
  const inView = (part: Element): boolean => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 120 && top < window.innerHeight - 120;
  };
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      find();
    });
  };
  document.addEventListener("scroll", soon, { capture: true, passive: true });
  form.addEventListener("focusin", soon);
  document.addEventListener("page:reconciled", soon);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-part]");
    const part = link ? document.getElementById(link.hash.slice(1)) : null;
    if (!part) return;
    event.preventDefault();
    part.scrollIntoView({ block: "start" });
    const field = part.querySelector<HTMLElement>(
      "input:not([type=hidden], .moment-picker), select:not([hidden]), textarea",
    );
    field?.focus({ preventScroll: true });
  });
  find();
}

function inputNamed(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

function put(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** `data-quick='[["+6 h","window.from+6"]]'`: words, and from which field (or `now`) how many hours on. */
function offerMoments(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-quick]")) {
    const offers = JSON.parse(field.dataset["quick"] ?? "[]") as [string, string][];
    const row = document.createElement("span");
    row.className = "quick";
    for (const [words, rule] of offers) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "quick-chip";
      chip.textContent = words;
      chip.setAttribute("aria-label", `${form.querySelector(`label[for="${field.id}"]`)?.textContent?.trim() ?? ""}: ${words}`);
      chip.addEventListener("click", () => {
        beginNow(form, rule);
        put(field, momentBy(form, rule));
      });
      row.append(chip);
    }
    field.closest(".field")?.querySelector(".field-foot")?.append(row);
  }
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-follows]")) {
    const leader = inputNamed(form, field.dataset["follows"] ?? "");
    leader?.addEventListener("change", () => {
      if (!field.value && readMoment(leader.value)) put(field, leader.value);
    });
  }
}

/** A window of which only the length is chosen begins now. */
function beginNow(form: HTMLFormElement, rule: string): void {
  const [, start = ""] = /^(.+\.from)\+/.exec(rule) ?? [];
  const field = inputNamed(form, start);
  if (field && !field.value) put(field, momentBy(form, "now+0"));
}

function momentBy(form: HTMLFormElement, rule: string): string {
  const [, base = "now", hours = "0"] = /^(.+)\+(\d+)$/.exec(rule) ?? [];
  const typed = base === "now" ? null : readMoment(inputNamed(form, base)?.value ?? "");
  const start = typed ?? readMoment("now");
  if (!start) return "";
  const { year, month, day, hour, minute } = start;
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute) + Number(hours) * HOUR_MS);
  return writeMoment({
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
  });
}

/** Either an office as a whole is addressed, or some of its agencies. */
function keepOfficesApart(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "cover.to" || !box.checked) return;
    const [office] = box.value.split(":");
    for (const other of form.querySelectorAll<HTMLInputElement>(`input[name="cover.to"]`)) {
      const isOther = other !== box && other.value.split(":")[0] === office;
      if (isOther && other.value.includes(":") !== box.value.includes(":")) other.checked = false;
    }
  });
}

function narrowOffices(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-narrows]")) {
    const list = document.getElementById(field.dataset["narrows"] ?? "");
    const none = list?.parentElement?.querySelector<HTMLElement>("[data-none]");
    // What is typed to find an office is no part of the draft.
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
    });
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = fold(field.value);
      let found = 0;
      for (const row of list?.querySelectorAll<HTMLElement>("[data-found-by]") ?? []) {
        row.hidden = !fold(row.dataset["foundBy"] ?? "").includes(wanted) && !row.querySelector(":checked");
        if (!row.hidden) found += 1;
      }
      if (none) none.hidden = found > 0;
    });
  }
}

/** After a save: the parts, the title, what is left, and the errors at the fields as they are now. */
async function sayAnew(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(form.dataset["fresh"] ?? form.action).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  const anew = [...form.querySelectorAll<HTMLElement>("[data-anew]")].map((one) => `#${one.id}`);
  bringUpToDate(html, ["#parts", "#draft-title", "#draft-left", "#readers", ".band-marking", ...anew], form);
  latest = new DOMParser().parseFromString(html, "text/html");
  sayAtFields(form);
}

/** The page as the server drew it after the last save. */
let latest: Document | null = null;

function sayAtFields(form: HTMLFormElement): void {
  for (const now of latest?.querySelectorAll<HTMLElement>("#draft .field") ?? []) sayError(form, now);
}

function sayError(form: HTMLFormElement, now: HTMLElement): void {
  const id = now.id || now.querySelector("label[for]")?.getAttribute("for");
  const control = id ? document.getElementById(id) : null;
  const field = control?.closest<HTMLElement>(".field");
  if (!field || !form.contains(field) || field.contains(document.activeElement)) return;
  field.classList.toggle("field-wrong", now.classList.contains("field-wrong"));
  swap(field, now, ".field-notice");
  swap(field, now, ".field-tick");
  if (!swap(field, now, ".field-error")) return;
  const said = part(now, ".field-error");
  for (const one of field.querySelectorAll("input, select, textarea")) {
    if (one.id !== id) continue;
    if (said) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

/** Bring a sentence or a box of a field up to date; whether anything changed. */
function swap(field: HTMLElement, now: HTMLElement, what: string): boolean {
  const [old, said] = [part(field, what), part(now, what)];
  if (old?.textContent === said?.textContent) return false;
  old?.remove();
  if (!said) return true;
  const copy = document.importNode(said, true);
  if (what === ".field-tick") part(field, ".control")?.nextElementSibling?.prepend(copy);
  else part(field, ".field-label")?.after(copy);
  return true;
}

/** A part of a field: its label and its error stand in its head, what is below the control in its foot. */
function part(field: HTMLElement, what: string): Element | null {
  return field.querySelector(["", ".field-head > ", ".field-foot > "].map((at) => `:scope > ${at}${what}`).join());
}

/** Another window has saved since: the officer says which state holds. */
function settleConflict(form: HTMLFormElement): void {
  const notice = document.getElementById("draft-conflict");
  if (!notice) return;
  form.addEventListener("draft:conflict", (event) => {
    const { words, revision } = (event as CustomEvent<{ words: string; revision: number }>).detail;
    const place = notice.querySelector("[data-conflict-words]");
    if (place) place.textContent = words;
    notice.dataset["revision"] = String(revision);
    notice.hidden = false;
  });
  notice.querySelector("[data-conflict-keep]")?.addEventListener("click", () => {
    const revision = inputNamed(form, "revision");
    if (revision) revision.value = notice.dataset["revision"] ?? revision.value;
    notice.hidden = true;
    form.dispatchEvent(new CustomEvent("draft:resume"));
  });
}
