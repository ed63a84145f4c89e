/** Copies what is selected, and pastes it into another chart: keys and places, nothing of what is said. */
import { isField } from "../../page.ts";
import type { Chart } from "../host.ts";
import { merge } from "./merging.ts";

const KIND = "application/vnd.borderliaison.chart+json";

interface Spot {
  key: string;
  x: number;
  y: number;
}

export function copyAndPaste(chart: Chart, ended: AbortSignal): void {
  const copy = (event: ClipboardEvent): void => {
    if (isField(event.target) || !chart.chosen.size || !getSelection()?.isCollapsed) return;
    const items = [...chart.chosen].flatMap((key): Spot[] => {
      const one = chart.sheet.placed.get(key);
      return one ? [{ key, x: one.x, y: one.y }] : [];
    });
    const text = JSON.stringify({ [KIND]: items });
    event.clipboardData?.setData(KIND, text);
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    chart.say(chart.wording.count("copied", items.length));
  };
  const paste = (event: ClipboardEvent): void => {
    if (isField(event.target)) return;
    const items = copied(event.clipboardData?.getData(KIND) || event.clipboardData?.getData("text/plain") || "");
    if (!items) return;
    event.preventDefault();
    void merge(chart, { items });
  };
  document.addEventListener("copy", copy, { signal: ended });
  document.addEventListener("paste", paste, { signal: ended });
}

/** What was copied from a chart; null where it is something else. */
function copied(text: string): Spot[] | null {
  try {
    const found: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.[KIND];
    return Array.isArray(found) ? (found as Spot[]) : null;
  } catch {
    return null;
  }
}
