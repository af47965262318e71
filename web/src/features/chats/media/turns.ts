/** A few works at a time, the newest first: what is on the screen now does not wait for what has left it. */

export class Turns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Does the work when its turn comes. Rejects, without doing it, when `signal` says by then that nobody wants it. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.#passOn();
    }
  }

  /** The turn goes over to the newest; without one it is free. */
  #passOn(): void {
    const next = this.#waiting.pop();
    if (next) next();
    else this.#running -= 1;
  }
}
