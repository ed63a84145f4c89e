/**
 * Brings parts of a page up to date in place: what has not changed stays the same element, so that
 * what an officer types, where he has scrolled to and what has the focus are left alone.
 *
 * An element with `data-reconcile="#one|#two"` fetches a page by htmx (`hx-get`, `hx-swap="none"`);
 * of the answer the parts that the selectors name are taken. `data-keep` on an element leaves its inside
 * to the reader; new rows with `data-item` are tinted and announced in `data-words-new`.
 */
import htmx from "htmx.org";

import { announce } from "./page.ts";

interface Swap {
  xhr: XMLHttpRequest;
  requestConfig: { elt: HTMLElement };
  serverResponse: string;
  shouldSwap: boolean;
}

export function reconcileParts(): void {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const swap = (event as CustomEvent<Swap>).detail;
    const asker = swap.requestConfig.elt;
    const wanted = asker.dataset["reconcile"];
    if (!wanted) return;
    swap.shouldSwap = false;
    if (swap.xhr.status === 200) bringUpToDate(swap.serverResponse, wanted.split("|"), asker);
  });
}

/** Take the parts that the selectors name from a page. */
export function bringUpToDate(html: string, selectors: string[], asker: HTMLElement): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const known = new Set([...document.querySelectorAll<HTMLElement>("[data-item]")].map((one) => one.dataset["item"]));
  const focused = document.activeElement;
  for (const selector of selectors) {
    const old = document.querySelector(selector);
    const now = fresh.querySelector(selector);
    if (!old || !now || old.isEqualNode(now)) continue;
    morph(old, now);
    htmx.process(old);
    // Whoever enhances parts of a page hears of it as of any other change.
    htmx.trigger(old, "page:reconciled");
  }
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
  const come = [...document.querySelectorAll<HTMLElement>("[data-item]")].filter((one) => !known.has(one.dataset["item"]));
  for (const one of come) one.classList.add("is-fresh");
  if (come.length && asker.dataset["wordsNew"]) announce(asker.dataset["wordsNew"]);
}

/** What the reader or a script has changed on an element is not the server's to take back. */
const READERS_OWN = new Set(["open", "hidden", "aria-busy", "data-seen"]);

function morph(old: Element, now: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !READERS_OWN.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...now.attributes]) {
    if (!READERS_OWN.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (!old.hasAttribute("data-keep")) morphChildren(old, now);
}

function keyOf(node: Node): string {
  if (!(node instanceof Element)) return "";
  return node.getAttribute("data-item") ?? node.getAttribute("data-key-of") ?? node.id;
}

function sameKind(one: Node, other: Node): boolean {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

function morphChildren(old: Element, now: Element): void {
  const keyed = new Map([...old.children].filter(keyOf).map((one) => [keyOf(one), one as ChildNode]));
  let at: ChildNode | null = old.firstChild;
  for (const wanted of [...now.childNodes]) {
    const key = keyOf(wanted);
    let found: ChildNode | null = key ? (keyed.get(key) ?? null) : at;
    if (!key) while (found && (keyOf(found) || !sameKind(found, wanted))) found = found.nextSibling;
    if (found && !sameKind(found, wanted)) found = null;
    if (!found) {
      old.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else old.insertBefore(found, at);
    if (found instanceof Element && wanted instanceof Element) {
      if (!found.isEqualNode(wanted)) morph(found, wanted);
    } else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}
