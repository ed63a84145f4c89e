/**
 * Fields that are of use only under a condition are shown when it holds.
 *
 * `data-when='["tested","laboratory"]'`: the name of another input, and the values of which it must have
 * one; without values it need only be filled. A field in which something stands is never hidden: its
 * error says what to do. Without this every field is shown.
 */
export function showWhatApplies(): void {
  const form = document.querySelector<HTMLFormElement>("form#draft");
  if (!form) return;
  const look = (): void => {
    for (const field of form.querySelectorAll<HTMLElement>("[data-when]")) {
      field.hidden = !holds(form, field) && isEmpty(field);
    }
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  document.addEventListener("htmx:load", look);
  look();
}

function holds(form: HTMLFormElement, field: HTMLElement): boolean {
  const [name = "", ...among] = JSON.parse(field.dataset["when"] ?? "[]") as string[];
  const input = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(name)}."]`);
  const here = [...new FormData(form)]
    .filter(([one, value]) => (one === name || one.startsWith(`${name}.`)) && typeof value === "string")
    .map(([, value]) => String(value).trim());
  if (!input) return true;
  return among.length ? here.some((one) => among.includes(one)) : here.some(Boolean);
}

function isEmpty(field: HTMLElement): boolean {
  for (const one of field.querySelectorAll("input, select, textarea")) {
    if (one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type)) {
      if (one.checked) return false;
    } else if (one instanceof HTMLInputElement && one.type === "hidden") continue;
    else if (one.classList.contains("moment-picker") || one.classList.contains("unit-choice")) continue;
    else if ((one as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value.trim()) return false;
  }
  return true;
}
