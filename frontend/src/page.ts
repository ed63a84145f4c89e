/** Small questions to the page that several modules ask. */

/** Whether what is typed there belongs to a field. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit", "reset"].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Say something to those who hear the page. */
export function announce(words: string): void {
  const place = document.querySelector("#announce");
  if (place) place.textContent = words;
}

/** An icon of the sprite that the page's own icons come from; decoration beside a word. */
export function icon(name: string): SVGElement {
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  drawn.classList.add("icon");
  drawn.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  drawn.append(use);
  return drawn;
}

/** The time of the office's server: its clock counts, not the computer's. */
export function serverNow(): Date {
  return new Date(loadedAt + (performance.now() - measuredAt));
}

const measuredAt = performance.now();
const said = document.querySelector<HTMLElement>("[data-now]")?.dataset["now"];
const loadedAt = said ? Date.parse(said) : Date.now();

/** The clock of the office as words: "02:51:07". */
export function officeTime(moment: Date = serverNow()): string {
  return formatClock(moment, officeZone(), true);
}

export function officeZone(): string {
  const local = document.querySelector<HTMLElement>(".status-clock-local [data-clock]");
  return local?.dataset["clock"] ?? "UTC";
}

export function formatClock(moment: Date, zone: string, seconds: boolean): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    hourCycle: "h23",
  }).format(moment);
}

/** The page's language with the country whose dates officers know: 14 May, not May 14. */
export function language(): string {
  const said = document.documentElement.lang;
  return said === "en" ? "en-GB" : said;
}

/** The token with which this page may post. */
export function csrfToken(): string {
  const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  return field?.value ?? "";
}

/** Ask an address of this page for a token of the present sign-in; false where there is none to be had. */
export async function renewToken(address = location.pathname): Promise<boolean> {
  const answer = await fetch(address, { headers: { "Blo-Background": "yes" }, redirect: "manual" });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = fresh.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  if (!token) return false;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  return true;
}
