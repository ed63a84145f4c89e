/** A quantity is typed with its unit, as on paper: of `1,2 kg` the unit goes into the list beside the number. */
import { fold } from "./fold.ts";

const TYPED = /^(-?\d[\d.,]*)\s*(\p{L}.*)$/u;

export function readUnits(): void {
  document.addEventListener("change", (event) => settle(event.target));
  document.addEventListener("submit", (event) => [...(event.target as HTMLFormElement).elements].forEach(settle), true);
}

function settle(field: EventTarget | null): void {
  if (!(field instanceof HTMLInputElement)) return;
  const units = field.closest(".control-beside")?.querySelector<HTMLSelectElement>("select.unit-choice");
  const [, amount, words] = TYPED.exec(field.value.trim()) ?? [];
  const unit = units && words ? unitOf(units, fold(words)) : undefined;
  if (!units || !unit || !amount) return;
  units.value = unit.value;
  field.value = amount;
  units.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The unit that is so called; else the only one that begins so: `tab` is tablets. */
function unitOf(units: HTMLSelectElement, wanted: string): HTMLOptionElement | undefined {
  const all = [...units.options].filter((one) => one.value);
  const named = all.find((one) => fold(one.label) === wanted || fold(one.value) === wanted);
  const begun = all.filter((one) => fold(one.label).startsWith(wanted));
  return named ?? (begun.length === 1 ? begun[0] : undefined);
}
