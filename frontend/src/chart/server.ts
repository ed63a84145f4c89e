/** Asks the office's server on behalf of the chart. */
import { csrfToken, renewToken } from "../page.ts";
import type { Content, Piece } from "./model.ts";

/** The server said no, in words that an officer reads. */
export class Refused extends Error {}
/** The server did not answer. */
export class Silent extends Error {}

export interface Addresses {
  data: string;
  gather: string;
  expand: string;
  find: string;
  measures: string;
  item: string;
  link: string;
  search: string;
  save: string;
  picture: string;
  copy: string;
}

export class Server {
  constructor(private readonly at: Addresses) {}

  async open(): Promise<Piece & { content: Content; number: number }> {
    return (await this.answer(await this.get(this.at.data))).json();
  }

  gather(keys: string[], shown: string[]): Promise<Piece> {
    return this.ask(this.at.gather, { keys, shown });
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
  picture(shown: string[]): Promise<{ marking: string; taken: string }> {
    return this.ask(this.at.picture, { shown });
  }

  ask<T>(address: string, question: unknown): Promise<T> {
    return this.post<T>(address, JSON.stringify(question), true);
  }

  find<T>(question: unknown): Promise<T> {
    return this.ask(this.at.find, question);
  }

  measures<T>(question: unknown): Promise<T> {
    return this.ask(this.at.measures, question);
  }

  /** What is said of an item, in words as the server draws them. */
  async item(key: string, signal: AbortSignal): Promise<string> {
    return (await this.answer(await this.get(`${this.at.item}${key}/`, signal))).text();
  }

  /** Who says that two are linked. */
  async link(begin: string, end: string, signal: AbortSignal): Promise<string> {
    return (await this.answer(await this.get(`${this.at.link}${begin}/${end}/`, signal))).text();
  }

  /** The records that what was typed finds. */
  async search(q: string, signal: AbortSignal): Promise<string> {
    return (await this.answer(await this.get(`${this.at.search}?${new URLSearchParams({ q })}`, signal))).text();
  }

  private async post<T>(address: string, body: string, again: boolean): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    let answer: Response;
    try {
      answer = await fetch(address, { method: "POST", body, headers });
    } catch {
      throw new Silent();
    }
    if (answer.status === 403 && again && (await renewToken())) return this.post(address, body, false);
    return (await this.answer(answer)).json() as Promise<T>;
  }

  private async get(address: string, signal?: AbortSignal): Promise<Response> {
    try {
      return await fetch(address, signal ? { signal } : {});
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Silent();
    }
  }

  private async answer(answer: Response): Promise<Response> {
    if (answer.ok) return answer;
    if (answer.status === 409) {
      const { sentence, code } = (await answer.json()) as { sentence: string; code: string };
      throw new Refused(`${sentence} ${code}`);
    }
    throw new Silent();
  }
}
