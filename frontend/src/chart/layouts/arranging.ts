/** Asks the worker to arrange; a new wish takes the place of one that is still being fulfilled. */
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
      worker.addEventListener("error", (event) => fail(new Error(event.message)));
      worker.addEventListener("chart-stopped", () => done(null));
      worker.postMessage(task);
    });
  }

  stop(): void {
    this.worker?.dispatchEvent(new Event("chart-stopped"));
    this.worker?.terminate();
    this.worker = null;
  }
}
