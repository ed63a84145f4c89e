/** The page's colours as a canvas needs them: the tokens of the present theme, resolved. */

/** Return each token's colour as `rgb(…)`. */
export function resolved<Token extends string>(place: Element, tokens: readonly Token[]): Record<Token, string> {
  const probe = document.createElement("span");
  probe.hidden = true;
  place.append(probe);
  const found = tokens.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found) as Record<Token, string>;
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
