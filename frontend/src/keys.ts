/** Single letters act outside fields and can be switched off; `?` shows them. */
import { openEverything } from "./everything.ts";
import { isField } from "./page.ts";

/** Whether single letters act: the officer's own choice, kept with the account. */
export function keysAct(): boolean {
  return document.documentElement.dataset["keys"] !== "off";
}

function setKeys(on: boolean): void {
  if (on) delete document.documentElement.dataset["keys"];
  else document.documentElement.dataset["keys"] = "off";
}

/** Keys of a Cyrillic layout stand where the Latin ones do: go by the place, then by the letter. */
function letterOf(event: KeyboardEvent): string {
  if (event.key === "?" || event.key === "/") return event.key;
  if (event.key === "№") return "#";
  const place = /^Key([A-Z])$/.exec(event.code);
  if (place?.[1] && !/^[a-z]$/i.test(event.key)) return place[1].toLowerCase();
  return event.key.toLowerCase();
}

function press(letter: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(letter)}"]`)].find(
    (one) => one.offsetParent !== null && !one.closest("[inert]"),
  );
  if (!found) return false;
  if (isField(found)) found.focus();
  else found.click();
  return true;
}

/** What a key of the page does, in the page's own words. */
function nameOf(one: HTMLElement): string {
  if (!isField(one)) return one.querySelector("span")?.textContent || one.getAttribute("aria-label") || "";
  const label = document.querySelector(`label[for="${CSS.escape(one.id)}"]`)?.textContent;
  return one.getAttribute("aria-label") || label?.trim() || one.getAttribute("placeholder") || "";
}

function showKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("[data-keys-list]");
  for (const old of list?.querySelectorAll("[data-of-page]") ?? []) old.remove();
  for (const row of list?.querySelectorAll<HTMLElement>("[data-only-with]") ?? []) {
    row.hidden = !document.querySelector(row.dataset["onlyWith"] ?? "");
  }
  const shown = new Set<string>();
  const rows: HTMLElement[] = [];
  for (const one of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const letter = one.dataset["key"] ?? "";
    const words = nameOf(one);
    if (shown.has(letter)) continue;
    if (!letter || !words || one.offsetParent === null || dialog.contains(one)) continue;
    shown.add(letter);
    const row = document.createElement("div");
    row.dataset["ofPage"] = "";
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.textContent = letter.toUpperCase();
    term.append(cap);
    const said = document.createElement("dd");
    said.textContent = words;
    row.append(term, said);
    rows.push(row);
  }
  list?.prepend(...rows);
  dialog.showModal();
}

/** Esc leaves a field, where single letters act again; outside of one it goes back. */
function goBack(event: KeyboardEvent): void {
  if (document.querySelector("dialog[open], details[data-popover][open]")) return;
  if (isField(event.target)) (event.target as HTMLElement).blur();
  else document.querySelector<HTMLElement>("[data-back]")?.click();
}

export function listenForKeys(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-keys-switch]")) {
    box.addEventListener("change", () => {
      setKeys(box.checked);
      const form = box.form;
      if (form) void fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    });
  }
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-show-keys]")) showKeys();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
      if (openEverything()) event.preventDefault();
      return;
    }
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const parts = document.querySelectorAll<HTMLElement>("[data-part]");
      const part = parts[Number(event.code.slice(5)) - 1];
      if (part) {
        event.preventDefault();
        part.click();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") return goBack(event);
    if (!keysAct() || isField(event.target) || document.querySelector("dialog[open]")) return;
    const letter = letterOf(event);
    if (letter === "?") showKeys();
    else if (letter.length === 1 && !press(letter)) return;
    else if (letter.length !== 1) return;
    event.preventDefault();
  });
}
