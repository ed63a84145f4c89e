/** One stop of the Tab key for many things on a map: arrows go to the nearest one in their direction. */

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function rove(group: HTMLElement): void {
  group.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target.parentElement === group) makeStop(group, target);
  });
  group.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const from = event.target as HTMLElement;
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    nearest(group, from, way)?.focus();
  });
}

/** Let the Tab key stop at one of the group, and only there. */
export function makeStop(group: HTMLElement, stop?: HTMLElement): void {
  const all = [...group.children].filter((one): one is HTMLElement => one instanceof HTMLElement && !one.hidden);
  const chosen = stop ?? all.find((one) => one.tabIndex === 0) ?? all[0];
  for (const one of all) one.tabIndex = one === chosen ? 0 : -1;
}

function nearest(group: HTMLElement, from: HTMLElement, [dx, dy]: [number, number]): HTMLElement | undefined {
  const here = middle(from);
  let found: HTMLElement | undefined;
  let least = Infinity;
  for (const one of group.children) {
    if (!(one instanceof HTMLElement) || one === from || one.hidden) continue;
    const there = middle(one);
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const across = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    // What lies more to the side than ahead is in another direction.
    if (along <= 0 || across > along * 2) continue;
    if (along + across * 2 < least) [found, least] = [one, along + across * 2];
  }
  return found;
}

function middle(one: Element): { x: number; y: number } {
  const { left, top, width, height } = one.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
