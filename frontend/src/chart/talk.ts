/** Where the analyst reads what is done, and what was wrong with it. */
import type { Talking } from "./host.ts";
import { Failed, Refused } from "./server.ts";
import type { Wording } from "./wording.ts";

/** What is done is read in this time; it stands over the chart. */
const READ_MS = 12_000;

export class Talk implements Talking {
  /** What kind of thing failed last. */
  private failing = "";
  private read = 0;

  constructor(
    private readonly page: HTMLElement,
    readonly wording: Wording,
  ) {}

  piece<T extends HTMLElement>(name: string): T {
    return this.page.querySelector<T>(`[data-piece="${name}"]`) as T;
  }

  say(words: string): void {
    const place = this.piece("said");
    place.textContent = words;
    place.hidden = !words;
    window.clearTimeout(this.read);
    if (words) this.read = window.setTimeout(() => this.say(""), READ_MS);
  }

  async tried(doing: () => Promise<void>, kind = "work"): Promise<boolean> {
    const failed = this.piece("failed");
    try {
      await doing();
      if (this.failing === kind) failed.hidden = true;
      return true;
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Failed)) throw error;
      this.piece("failed-words").textContent = error instanceof Refused ? error.message : this.wording.say(error.word);
      failed.hidden = false;
      this.failing = kind;
      return false;
    }
  }
}
