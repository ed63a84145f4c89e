/** Asks the office's server on behalf of the chart. */
import { csrfToken, renewToken } from "../page.ts";
import type { Content, Piece } from "./model.ts";

/** The server said no, in words that an officer reads. */
export class Refused extends Error {
  constructor(
    words: string,
    /** The items about which it said so. */
    readonly keys: readonly string[] = [],
  ) {
    super(words);
  }
}
/** Something could not be done: the server did not answer, say, or the chart is too large for it. */
export class Failed extends Error {
  constructor(
    /** The name of the sentence that says so. */
    readonly word: "silent" | "signed_out" | "not_there" | "too_large" | "unarranged",
  ) {
    super(word);
  }
}

export interface Addresses {
  purpose: string;
  data: string;
  gather: string;
  expand: string;
  find: string;
  measures: string;
  item: string;
  link: string;
  photographs: string;
  rules: string;
  search: string;
  save: string;
  picture: string;
  paper: string;
  file: string;
  dataFile: string;
  present: string;
  merge: string;
  others: string;
  copy: string;
}

/** What is taken away, or shown to others: items, the files that are seen, and which charts' words came into it. */
export interface Lent {
  shown: string[];
  photographs: string[];
  merged: Content["merged"];
}

/** What stands on what is taken away, or shown to others. */
export interface Said {
  marking: string;
  taken: string;
  /** How a picture of it is called. */
  file: string;
}

/** The purpose that was given holds no longer. */
const NO_PURPOSE = "E-CHT-07";
const BACKGROUND = "Blo-Background";
/** What is asked so long after the last press or key is the page's own doing, not the officer's. */
const OWN_AFTER_MS = 60_000;
const JSON_SENT = { "Content-Type": "application/json" };

let touched = performance.now();
for (const kind of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(kind, () => (touched = performance.now()), { capture: true, passive: true });
}

/** The header of what keeps nobody signed in, where nobody has touched the page for a while. */
function ofNobody(): Record<string, string> {
  return performance.now() - touched > OWN_AFTER_MS ? { [BACKGROUND]: "yes" } : {};
}

export class Server {
  /** The question for what he looks, while it stands: what is asked meanwhile waits for it too. */
  private purpose: Promise<boolean> | null = null;

  constructor(
    private readonly at: Addresses,
    /** Asks the officer for what he looks; nothing where he does not say. */
    private readonly askPurpose: (isOwn: boolean) => Promise<string>,
  ) {}

  async open(): Promise<Piece & { content: Content; number: number }> {
    return (await this.get(this.at.data)).json();
  }

  gather(keys: string[], shown: string[]): Promise<Piece> {
    return this.ask(this.at.gather, { keys, shown });
  }

  /** The same for the page itself: it is no work of the officer's. */
  async gatherAgain(keys: string[]): Promise<Piece> {
    return (await this.post(this.at.gather, JSON.stringify({ keys, shown: [] }), { ...JSON_SENT, [BACKGROUND]: "yes" })).json();
  }

  expand(keys: string[], shown: string[], limit: number): Promise<Piece> {
    return this.ask(this.at.expand, { keys, shown, limit });
  }

  save(base: number, name: string, content: Content): Promise<{ number: number; name: string; at: number }> {
    return this.ask(this.at.save, { base, name, content });
  }

  copy(name: string, content: Content): Promise<{ url: string }> {
    return this.ask(this.at.copy, { name, content });
  }

  /** Say that a picture is taken; learn what must stand on it. */
  picture(question: Lent): Promise<Said> {
    return this.ask(this.at.picture, question);
  }

  /** Say that the chart is shown to others; likewise. */
  present(question: Lent): Promise<Said> {
    return this.ask(this.at.present, question);
  }

  /** The chart as a PDF, with the picture that was drawn here. */
  async paper(question: unknown, picture: Blob): Promise<File> {
    const sent = new FormData();
    sent.append("asked", JSON.stringify(question));
    sent.append("picture", picture, "picture.png");
    return fileOf(await this.post(this.at.paper, sent));
  }

  /** The chart as one file that needs no server. */
  async file(question: unknown): Promise<File> {
    return fileOf(await this.post(this.at.file, JSON.stringify(question), JSON_SENT));
  }

  /** The chart as a file for another program; where that takes longer, the address where one sees how far it is. */
  async dataFile(question: unknown): Promise<File | string> {
    const answer = await this.post(this.at.dataFile, JSON.stringify(question), JSON_SENT);
    if (answer.headers.has("Content-Disposition")) return fileOf(answer);
    return ((await answer.json()) as { making: string }).making;
  }

  merge<T>(question: unknown): Promise<T> {
    return this.ask(this.at.merge, question);
  }

  /** The other charts that this officer may open, in words as the server draws them. */
  async others(): Promise<string> {
    return (await this.get(this.at.others)).text();
  }

  async ask<T>(address: string, question: unknown): Promise<T> {
    return (await this.post(address, JSON.stringify(question), JSON_SENT)).json() as Promise<T>;
  }

  find<T>(question: unknown): Promise<T> {
    return this.ask(this.at.find, question);
  }

  measures<T>(question: unknown): Promise<T> {
    return this.ask(this.at.measures, question);
  }

  /** What is said of an item, in words as the server draws them. */
  async item(key: string, signal: AbortSignal): Promise<string> {
    return (await this.get(`${this.at.item}${key}/`, signal)).text();
  }

  /** Who says that two are linked. */
  async link(begin: string, end: string, signal: AbortSignal): Promise<string> {
    return (await this.get(`${this.at.link}${begin}/${end}/`, signal)).text();
  }

  /** The photographs as which an item may stand. */
  async photographs(key: string, signal: AbortSignal): Promise<string> {
    return (await this.get(`${this.at.photographs}${key}/`, signal)).text();
  }

  /** The rules of the other charts that this officer may open. */
  async rules<T>(): Promise<T> {
    return (await this.get(this.at.rules)).json() as Promise<T>;
  }

  /** The records that what was typed finds. */
  async search(q: string, signal: AbortSignal): Promise<string> {
    return (await this.get(`${this.at.search}?${new URLSearchParams({ q })}`, signal)).text();
  }

  private async post(address: string, body: BodyInit, given: Record<string, string> = {}, again = true): Promise<Response> {
    const sent = { ...ofNobody(), ...given };
    let answer: Response;
    try {
      answer = await fetch(address, { method: "POST", body, headers: { ...sent, "X-CSRFToken": csrfToken() } });
    } catch {
      throw new Failed("silent");
    }
    if (answer.status === 403 && again && (await renewToken(this.at.purpose))) return this.post(address, body, sent, false);
    return this.answer(answer, () => this.post(address, body, given), !(BACKGROUND in sent));
  }

  private async get(address: string, signal?: AbortSignal): Promise<Response> {
    const headers = ofNobody();
    let answer: Response;
    try {
      answer = await fetch(address, signal ? { signal, headers } : { headers });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Failed("silent");
    }
    return this.answer(answer, () => this.get(address, signal), !(BACKGROUND in headers));
  }

  /** Return an answer that tells something; once more where it wanted a purpose and was given one. */
  private async answer(answer: Response, again: () => Promise<Response>, isOwn: boolean): Promise<Response> {
    if (answer.redirected) throw new Failed("signed_out");
    if (answer.ok) return answer;
    if (answer.status === 409) {
      const { sentence, code, keys } = (await answer.json()) as { sentence: string; code: string; keys?: string[] };
      if (code === NO_PURPOSE && (await this.hasPurpose(isOwn))) return again();
      throw new Refused(`${sentence} ${code}`, keys);
    }
    throw new Failed(answer.status === 404 ? "not_there" : answer.status === 413 ? "too_large" : "silent");
  }

  private async hasPurpose(isOwn: boolean): Promise<boolean> {
    this.purpose ??= this.givePurpose(isOwn).finally(() => (this.purpose = null));
    return this.purpose;
  }

  private async givePurpose(isOwn: boolean): Promise<boolean> {
    const purpose = await this.askPurpose(isOwn);
    if (!purpose) return false;
    const said = new FormData();
    said.append("purpose", purpose);
    said.append("in_place", "yes");
    await this.post(this.at.purpose, said);
    return true;
  }
}

/** A file under the name that the server gives it. */
async function fileOf(answer: Response): Promise<File> {
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  return new File([await answer.blob()], name);
}
