/** The colour, symbol and letter that the analyst gives to all that is selected: each as one step. */
import type { Chart } from "../host.ts";
import type { Placed } from "../model.ts";

type Given = "ink" | "sign" | "badge";

export class DressPanel {
  private readonly sign: HTMLSelectElement;
  private readonly badge: HTMLInputElement;
  /** Whose letter is being written. */
  private lettered: readonly string[] = [];
  /** What stood there before. */
  private written = "";

  constructor(private readonly chart: Chart) {
    this.sign = chart.piece<HTMLSelectElement>("own-sign");
    this.badge = chart.piece<HTMLInputElement>("own-badge");
    this.sign.addEventListener("change", () => this.give({ sign: this.sign.value }));
    this.badge.addEventListener("change", () => this.keep());
    for (const radio of this.inks()) radio.addEventListener("change", () => this.give({ ink: radio.value }));
  }

  /** Show what the selected have in common; nothing where they differ. */
  show(): void {
    const ink = this.common("ink");
    for (const radio of this.inks()) radio.checked = radio.value === ink;
    const sign = this.common("sign");
    if (sign === null) this.sign.selectedIndex = -1;
    else this.sign.value = sign;
    const isWriting = document.activeElement === this.badge && this.isSame();
    if (isWriting) return;
    this.keep();
    this.lettered = [...this.chart.chosen];
    this.badge.value = this.common("badge") ?? "";
    this.written = this.badge.value;
  }

  /** A letter that was written belongs to those for whom it was written. */
  private keep(): void {
    const badge = this.badge.value.trim();
    if (badge === this.written) return;
    this.written = badge;
    this.give({ badge }, this.lettered.filter((key) => this.chart.sheet.placed.has(key)));
  }

  private inks(): NodeListOf<HTMLInputElement> {
    return this.chart.querySelectorAll<HTMLInputElement>('input[name="own-ink"]');
  }

  private isSame(): boolean {
    return this.lettered.length === this.chart.chosen.size && this.lettered.every((key) => this.chart.chosen.has(key));
  }

  private common(name: Given): string | null {
    const { chosen, sheet } = this.chart;
    const values = new Set([...chosen].map((key) => sheet.placed.get(key)?.[name] ?? ""));
    return values.size === 1 ? ([...values][0] as string) : null;
  }

  private give(made: Pick<Placed, Given>, keys: Iterable<string> = this.chart.chosen): void {
    this.chart.edit(keys, made);
  }
}
