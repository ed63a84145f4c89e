/** With Shift, a frame is drawn over the items to be chosen. */

/** On the screen, from the corner of the chart. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

const LEAST_PX = 4;

/** `drawn` is told of each frame, and whether what was chosen is to be kept. */
export function frameHand(place: HTMLElement, drawn: (frame: Frame, more: boolean) => void): void {
  const begin = (down: PointerEvent): void => {
    if (!down.shiftKey || down.button) return;
    down.stopPropagation();
    down.preventDefault();
    const shown = document.createElement("div");
    shown.className = "chart-frame";
    place.append(shown);
    const origin = place.getBoundingClientRect();
    const frame = { left: 0, top: 0, width: 0, height: 0 };
    const move = (event: PointerEvent): void => {
      frame.left = Math.min(down.clientX, event.clientX) - origin.left;
      frame.top = Math.min(down.clientY, event.clientY) - origin.top;
      frame.width = Math.abs(down.clientX - event.clientX);
      frame.height = Math.abs(down.clientY - event.clientY);
      for (const [name, value] of Object.entries(frame)) shown.style.setProperty(name, `${value}px`);
    };
    const end = (): void => {
      window.removeEventListener("pointermove", move);
      shown.remove();
      if (Math.max(frame.width, frame.height) >= LEAST_PX) drawn(frame, down.ctrlKey || down.metaKey);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end, { once: true });
  };
  place.addEventListener("pointerdown", begin, { capture: true });
  for (const kind of ["mousedown", "click"]) {
    place.addEventListener(kind, (event) => (event as MouseEvent).shiftKey && event.stopPropagation(), { capture: true });
  }
}

export function isInside({ left, top, width, height }: Frame, { x, y }: { x: number; y: number }): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}
