/** Expanding by kinds and a time: of what kinds that is which is linked to the selected, and which of it is wanted. */
import type { Chart } from "../host.ts";
import type { Piece } from "../model.ts";

interface Kind {
  name: string;
  words: string;
  /** How many items it leads to, or are of it. */
  count: number;
}

interface Kinds {
  links: Kind[];
  items: Kind[];
}

interface Spread extends Piece {
  other_kinds: number;
  outside: number;
}

export class SpreadPanel {
  private readonly form: HTMLFormElement;
  /** What was asked for last: an earlier answer comes to nothing. */
  private asked = 0;

  constructor(private readonly chart: Chart) {
    this.form = chart.piece<HTMLFormElement>("spread");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.go();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.open(false);
    });
  }

  /** Others are selected: what leads on from them is another. */
  show(chosen: ReadonlySet<string>): void {
    if (this.form.hidden) return;
    if (!chosen.size || this.chart.isPresented) this.hide();
    else void this.offer();
  }

  act(act: string): void {
    if (act === "expand-by" && !this.chart.isPresented) this.open(Boolean(this.form.hidden));
  }

  private get opener(): HTMLButtonElement {
    return this.chart.piece<HTMLButtonElement>("spread-by");
  }

  private open(is: boolean): void {
    if (!is) {
      this.hide();
      return this.opener.focus();
    }
    if (!this.chart.chosen.size) return;
    this.form.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    void this.offer().then(() => this.form.querySelector("input")?.focus());
  }

  private hide(): void {
    this.form.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  /** Ask of what kinds that is which leads on, and offer these; what was ticked stays so. */
  private async offer(): Promise<void> {
    const { chart } = this;
    const asked = ++this.asked;
    await chart.tried(async () => {
      const kinds = await chart.server.ask<Kinds>(chart.dataset["kinds"] ?? "", this.question());
      if (asked !== this.asked) return;
      this.list("links", kinds.links);
      this.list("items", kinds.items);
      const isEmpty = !kinds.links.length;
      chart.piece("spread-state").textContent = isEmpty ? chart.wording.say("nothing_more") : "";
      chart.piece<HTMLButtonElement>("spread-go").disabled = isEmpty;
    });
  }

  private list(of: "links" | "items", kinds: readonly Kind[]): void {
    const ticked = new Set(this.ticked(of));
    const place = this.chart.piece(`spread-${of}`);
    (place.closest("fieldset") as HTMLFieldSetElement).hidden = !kinds.length;
    place.replaceChildren(
      ...kinds.map(({ name, words, count }) => {
        const label = document.createElement("label");
        label.className = "check";
        const box = Object.assign(document.createElement("input"), { type: "checkbox", value: name, checked: ticked.has(name) });
        const said = document.createElement("span");
        const number = document.createElement("b");
        number.textContent = count.toLocaleString(document.documentElement.lang);
        said.append(`${words} `, number);
        label.append(box, said);
        return label;
      }),
    );
  }

  private ticked(of: "links" | "items"): string[] {
    return [...this.chart.piece(`spread-${of}`).querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
  }

  private question(): { keys: string[]; shown: string[] } {
    return { keys: [...this.chart.chosen], shown: [...this.chart.sheet.placed.keys()] };
  }

  private async go(): Promise<void> {
    const { chart } = this;
    const [since, until] = ["spread-since", "spread-until"].map((name) => chart.piece<HTMLInputElement>(name).value);
    await chart.tried(async () => {
      const piece = await chart.server.ask<Spread>(chart.dataset["expand"] ?? "", {
        ...this.question(),
        limit: Number(chart.piece<HTMLInputElement>("spread-limit").value),
        links: this.ticked("links"),
        items: this.ticked("items"),
        ...(since ? { since } : {}),
        ...(until ? { until } : {}),
      });
      await chart.add(piece);
      chart.say(this.words(piece));
      await this.offer();
    });
  }

  /** What came, and what did not and why. */
  private words({ items, left_out, other_kinds, outside }: Spread): string {
    const { wording } = this.chart;
    const came = left_out ? wording.of("spread_limit", items.length, items.length + left_out) : wording.count("added", items.length);
    return [came, other_kinds && wording.count("other_kinds", other_kinds), outside && wording.count("outside", outside)].filter(Boolean).join(" ");
  }
}
