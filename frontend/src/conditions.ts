/**
 * Fields that are of use only under conditions are shown when all of them hold.
 *
 * `data-when='[["tested","is","laboratory"]]'`: of each condition the name of another input, `is`, `not`
 * or `filled`, and values. A field in which something stands is never hidden: its notice says what
 * becomes of it. A part of the form of which no field is shown is hidden too. Without this every field
 * is shown.
 */
export function showWhatApplies(): void {
  const form = document.querySelector<HTMLFormElement>("form#draft");
  if (!form) return;
  const look = (): void => {
    const typed = [...new FormData(form)];
    const known = new Set([...form.elements].map((one) => one.getAttribute("name") ?? ""));
    for (const field of form.querySelectorAll<HTMLElement>("[data-when]")) {
      field.hidden = !holds(field, typed, known) && isEmpty(field);
    }
    for (const part of form.querySelectorAll<HTMLElement>(".form-part")) {
      const fields = [...part.querySelectorAll<HTMLElement>(":scope > .form-grid > *")];
      part.hidden = fields.length > 0 && fields.every((one) => one.hidden);
      const link = document.querySelector<HTMLElement>(`.parts-list a[href="#${CSS.escape(part.id)}"]`);
      if (link?.parentElement) link.parentElement.hidden = part.hidden;
    }
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  document.addEventListener("htmx:load", look);
  document.addEventListener("page:reconciled", look);
  look();
}

type Typed = [string, FormDataEntryValue][];

function holds(field: HTMLElement, typed: Typed, known: Set<string>): boolean {
  const conditions = JSON.parse(field.dataset["when"] ?? "[]") as [string, string, ...string[]][];
  return conditions.every(([name, kind, ...codes]) => {
    const belongs = (one: string): boolean => one === name || one.startsWith(`${name}.`);
    if (![...known].some(belongs)) return true;
    const here = typed.flatMap(([one, value]) => (belongs(one) && typeof value === "string" ? [value.trim()] : []));
    if (kind === "is") return here.some((one) => codes.includes(one));
    if (kind === "not") return !here.some((one) => codes.includes(one));
    return here.some(Boolean);
  });
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
