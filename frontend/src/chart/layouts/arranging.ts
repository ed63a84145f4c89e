/** Asks the worker to arrange; a new wish takes the place of one that is still being fulfilled. */
import { Failed } from "../server.ts";
import type { Task } from "./wires.ts";

export class Arranging {
  private worker: Worker | null = null;

  /** Where items stand afterwards; null where another wish came in between. */
  arrange(task: Task): Promise<Float64Array | null> {
    this.stop();
    const worker = (this.worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
    return new Promise((done, fail) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Float64Array>) => {
        done(data);
        if (this.worker === worker) this.stop();
      });
      worker.addEventListener("error", () => {
        fail(new Failed("unarranged"));
        if (this.worker === worker) this.stop();
      });
      worker.addEventListener("chart-stopped", () => done(null));
      worker.postMessage(task);
    });
  }

  get isBusy(): boolean {
    return this.worker !== null;
  }

  stop(): void {
    this.worker?.dispatchEvent(new Event("chart-stopped"));
    this.worker?.terminate();
    this.worker = null;
  }
}
