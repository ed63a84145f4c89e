/**
 * Quoting: words that are selected in a message or a form of the thread go into the answer, with where they
 * stand. A button appears beside the selection; Q does the same.
 */
import { announce } from "./page.ts";

const MOST = 600;

interface Chosen {
  item: string;
  text: string;
}

/** What is selected within one item of the thread. */
function chosen(): Chosen | undefined {
  const selection = window.getSelection();
  const text = selection?.toString().trim() ?? "";
  if (!selection || selection.isCollapsed || !text || text.length > MOST) return undefined;
  const itemOf = (node: Node | null): HTMLElement | null | undefined =>
    (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>("#items [data-item]");
  const item = itemOf(selection.anchorNode);
  if (!item || item !== itemOf(selection.focusNode)) return undefined;
  return { item: item.dataset["item"] ?? "", text };
}

function row({ item, text }: Chosen, remove: string): HTMLLIElement {
  const made = document.createElement("li");
  made.className = "quote";
  const words = document.createElement("p");
  words.textContent = text;
  made.append(words);
  for (const [name, value] of Object.entries({ quoted: item, quote: text })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    made.append(field);
  }
  const out = document.createElement("button");
  out.type = "button";
  out.className = "phrase-out";
  out.setAttribute("aria-label", remove);
  out.textContent = "×";
  made.append(out);
  return made;
}

export function quoteWhatIsSelected(): void {
  const list = document.querySelector<HTMLUListElement>("#say-quotes");
  const hint = document.querySelector<HTMLElement>("[data-quoting]");
  if (!list) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-s quote-this";
  button.dataset["key"] = "q";
  button.setAttribute("aria-keyshortcuts", "q");
  button.hidden = true;
  const words = document.createElement("span");
  words.textContent = list.dataset["words"] ?? "";
  const cap = document.createElement("kbd");
  cap.textContent = "Q";
  button.append(words, cap);
  document.body.append(button);

  const say = (): void => {
    if (hint) hint.hidden = !list.children.length;
  };
  document.addEventListener("selectionchange", () => {
    const at = chosen() ? window.getSelection()?.getRangeAt(0).getBoundingClientRect() : undefined;
    button.hidden = !at;
    if (!at) return;
    const top = Math.min(at.bottom + 6, window.innerHeight - 40);
    const left = Math.max(8, Math.min(at.right - 40, window.innerWidth - 120));
    button.style.top = `${top + window.scrollY}px`;
    button.style.left = `${left + window.scrollX}px`;
  });
  // Pressing the button must not take the selection away before it is read.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = chosen();
    if (!found) return;
    list.append(row(found, list.dataset["remove"] ?? ""));
    window.getSelection()?.removeAllRanges();
    button.hidden = true;
    say();
    announce(found.text);
    list.closest("form")?.querySelector<HTMLElement>("textarea")?.focus();
  });
  list.addEventListener("click", (event) => {
    (event.target as Element).closest(".phrase-out")?.closest("li")?.remove();
    say();
  });
  say();
}
