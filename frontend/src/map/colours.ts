/** The page's colours as a canvas needs them: the tokens of the present theme, resolved. */

const TOKENS = ["map-water", "map-own", "map-other", "map-border", "map-halo", "map-province", "ink-3"] as const;

export type Token = (typeof TOKENS)[number];
export type Colours = Record<Token, string>;

export function coloursOf(place: Element): Colours {
  const probe = document.createElement("span");
  probe.hidden = true;
  place.append(probe);
  const found = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
}

/** Tell of each change of theme, by the officer or by the machine, until the signal ends it. */
export function onThemeChange(changed: () => void, signal: AbortSignal): void {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-quiet"] });
  signal.addEventListener("abort", () => watcher.disconnect());
  for (const what of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    matchMedia(what).addEventListener("change", changed, { signal });
  }
}
