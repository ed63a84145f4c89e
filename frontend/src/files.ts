/**
 * Files: dropped, pasted or chosen, and looked at with keys and wheel.
 *
 * `[data-files]` holds an input of files. In a draft what is chosen is added at once; in a message it is
 * listed until it is sent. Without this the input and its button work as they are.
 */
import { isField } from "./page.ts";

const LARGEST = 8;
const SMALLEST = 0.25;
const STEP = 1.25;
const MOVE_PX = 60;

export function helpWithFiles(): void {
  document.addEventListener("dragover", (event) => {
    const place = placeOf(event);
    if (!place || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-dropping");
  });
  document.addEventListener("dragleave", (event) => placeOf(event)?.classList.remove("is-dropping"));
  document.addEventListener("drop", (event) => {
    const place = placeOf(event);
    const dropped = event.dataTransfer?.files;
    if (!place || !dropped?.length) return;
    event.preventDefault();
    place.classList.remove("is-dropping");
    choose(place, [...dropped]);
  });
  document.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    const place = document.querySelector<HTMLElement>("[data-files]");
    if (!place || !pasted.length) return;
    event.preventDefault();
    choose(place, pasted);
  });
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    nameChosen(input);
    if (input.dataset["filesInput"] !== undefined) chosen(input);
  });
  // A browser may keep what was chosen over a reload or a way back.
  window.addEventListener("pageshow", () => {
    for (const input of document.querySelectorAll<HTMLInputElement>("input[type=file]")) nameChosen(input);
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const detail = (event as CustomEvent<{ loaded?: number; total?: number }>).detail;
    const place = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-files]") : null;
    if (place && detail.total) busy(place, (detail.loaded ?? 0) / detail.total);
  });
  lookAtPicture();
}

function nameChosen(input: HTMLInputElement): void {
  const said = input.parentElement?.querySelector<HTMLElement>("[data-file-name]");
  const names = [...(input.files ?? [])].map((file) => file.name);
  if (said) said.textContent = names.join(", ") || (said.dataset["wordsNone"] ?? "");
}

/** A file is dropped on its part, or anywhere in the form that the part belongs to. */
function placeOf(event: DragEvent): HTMLElement | null {
  const at = event.target instanceof Element ? event.target : null;
  const form = at?.closest("form, .thread");
  return at?.closest<HTMLElement>("[data-files]") ?? form?.querySelector<HTMLElement>("[data-files]") ?? null;
}

function choose(place: HTMLElement, more: File[]): void {
  const input = place.querySelector<HTMLInputElement>("[data-files-input]");
  if (!input) return;
  const all = new DataTransfer();
  for (const one of [...(input.files ?? []), ...more]) all.items.add(one);
  input.files = all.files;
  nameChosen(input);
  chosen(input);
}

function chosen(input: HTMLInputElement): void {
  const place = input.closest<HTMLElement>("[data-files]");
  const add = place?.querySelector<HTMLButtonElement>("[data-files-add]");
  if (place && add) {
    if (!input.files?.length) return;
    busy(place, 0);
    add.click();
    return;
  }
  const list = place?.querySelector<HTMLElement>("[data-files-chosen]");
  if (list) show(list, input);
}

function busy(place: HTMLElement, share: number): void {
  const said = place.querySelector<HTMLElement>("[data-files-busy]");
  if (!said) return;
  said.hidden = false;
  const words = share < 1 ? said.dataset["wordsSending"] : said.dataset["wordsOpening"];
  said.textContent = (words ?? "").replace("{percent}", `${Math.round(share * 100)} %`);
}

function show(list: HTMLElement, input: HTMLInputElement): void {
  for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  list.replaceChildren(
    ...[...(input.files ?? [])].map((file, at) => {
      const line = document.createElement("li");
      if (/^image\/(jpeg|png)$/.test(file.type)) {
        const picture = document.createElement("img");
        picture.src = URL.createObjectURL(file);
        picture.alt = "";
        line.append(picture);
      }
      const name = document.createElement("span");
      name.textContent = file.name;
      const out = document.createElement("button");
      out.type = "button";
      out.className = "phrase-out";
      out.textContent = "×";
      out.setAttribute("aria-label", `${list.dataset["wordsOut"] ?? ""} ${file.name}`);
      out.addEventListener("click", () => {
        const rest = new DataTransfer();
        [...(input.files ?? [])].forEach((one, place) => place !== at && rest.items.add(one));
        input.files = rest.files;
        show(list, input);
        input.focus();
      });
      line.append(name, out);
      return line;
    }),
  );
}

/** The page of one file. */
function lookAtPicture(): void {
  if (!document.querySelector("[data-stage]")) return;
  let scale = 0;
  const stage = () => document.querySelector<HTMLElement>("[data-stage]");
  const sheet = () => document.querySelector<HTMLElement>("[data-sheet]");

  const zoom = (to: number): void => {
    const [around, page] = [stage(), sheet()];
    const picture = page?.querySelector("img");
    if (!around || !page || !picture) return;
    const before = page.clientWidth;
    const middle = {
      x: (around.scrollLeft + around.clientWidth / 2) / Math.max(1, page.clientWidth),
      y: (around.scrollTop + around.clientHeight / 2) / Math.max(1, page.clientHeight),
    };
    scale = to === 0 ? 0 : Math.min(LARGEST, Math.max(SMALLEST, to));
    page.classList.toggle("zoom-1", scale === 0);
    for (const one of ["zoom-2", "zoom-3", "zoom-4"]) page.classList.remove(one);
    page.style.width = scale === 0 ? "" : `${Math.round(around.clientWidth * scale)}px`;
    if (page.clientWidth !== before) {
      around.scrollLeft = middle.x * page.clientWidth - around.clientWidth / 2;
      around.scrollTop = middle.y * page.clientHeight - around.clientHeight / 2;
    }
    for (const link of document.querySelectorAll<HTMLElement>("[data-zoom]")) {
      const is = Number(link.dataset["zoom"]) === (scale || 1);
      if (is) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const now = (): number => scale || (sheet()?.clientWidth ?? 1) / (stage()?.clientWidth || 1);

  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-zoom]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const wanted = Number(link.dataset["zoom"]);
    zoom(wanted === 1 ? 0 : wanted);
  });
  document.addEventListener("keydown", (event) => {
    if (isField(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    const around = stage();
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "+" || event.key === "=") zoom(now() * STEP);
    else if (event.key === "-") zoom(now() / STEP);
    else if (event.key === "0") zoom(0);
    else if (event.key === "PageDown") turn("next");
    else if (event.key === "PageUp") turn("prev");
    else if (move && around) around.scrollBy((move[0] ?? 0) * MOVE_PX, (move[1] ?? 0) * MOVE_PX);
    else return;
    event.preventDefault();
  });
  document.addEventListener(
    "wheel",
    (event) => {
      if (!(event.target as Element).closest("[data-stage]") || !event.ctrlKey) return;
      event.preventDefault();
      zoom(now() * (event.deltaY < 0 ? STEP : 1 / STEP));
    },
    { passive: false },
  );
  drawMarks(stage);
}

function turn(rel: "next" | "prev"): void {
  document.querySelector<HTMLAnchorElement>(`[data-page-turn][rel="${rel}"]`)?.click();
}

const FULL = 10_000;

/** A box or an arrow is drawn with the pointer; its corners go into the form's numbers. */
function drawMarks(stage: () => HTMLElement | null): void {
  const form = () => document.querySelector<HTMLFormElement>("[data-mark-form]");
  const kind = (): string => String(new FormData(form() ?? undefined).get("kind") ?? "");
  const drawing = (): boolean => ["box", "arrow"].includes(kind());
  document.addEventListener("change", () => document.body.classList.toggle("is-drawing", drawing()));

  let from: [number, number] | null = null;
  let shape: SVGElement | null = null;
  const at = (event: PointerEvent): [number, number] => {
    const area = document.querySelector("[data-picture]")?.getBoundingClientRect();
    if (!area) return [0, 0];
    const share = (value: number, start: number, size: number): number =>
      Math.round(Math.min(1, Math.max(0, (value - start) / Math.max(1, size))) * FULL);
    return [share(event.clientX, area.left, area.width), share(event.clientY, area.top, area.height)];
  };
  document.addEventListener("pointerdown", (event) => {
    const around = stage();
    if (!drawing() || event.button !== 0 || !around?.contains(event.target as Node)) return;
    event.preventDefault();
    around.setPointerCapture(event.pointerId);
    from = at(event);
    shape?.remove();
    const name = kind() === "box" ? "rect" : "line";
    shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    document.querySelector(".file-marks")?.append(shape);
  });
  document.addEventListener("pointermove", (event) => {
    if (!from || !shape) return;
    const [[x1, y1], [x2, y2]] = [from, at(event)];
    const places =
      shape.tagName === "rect"
        ? { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x1 - x2), height: Math.abs(y1 - y2) }
        : { x1, y1, x2, y2 };
    for (const [name, value] of Object.entries(places)) shape.setAttribute(name, String(value));
  });
  document.addEventListener("pointerup", (event) => {
    const target = form();
    if (!from || !target) return;
    const corners = [...from, ...at(event)];
    from = null;
    ["x1", "y1", "x2", "y2"].forEach((name, place) => {
      const input = target.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = String(corners[place] ?? 0);
    });
    target.querySelector<HTMLInputElement>("[name=text]")?.focus();
  });
}
