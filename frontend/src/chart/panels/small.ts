/** A small button in a row of a list, with an icon and the words that say what it does to which row. */
import { icon } from "../../page.ts";

export function smallButton(sign: string, label: string, name: string, value: string | number): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-row-act";
  button.dataset[name] = String(value);
  button.setAttribute("aria-label", label);
  button.append(icon(sign));
  return button;
}
