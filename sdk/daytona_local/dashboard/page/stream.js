/** Follow what happens on the server: one JSON object a line, for as long as the page is open. */

import { Api, ApiError } from "./api.js";

const PATH = "/dashboard/api/events";
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** The server speaks every 15 s; this much silence means that it is gone. */
const SILENCE_MS = 40_000;

/**
 * @typedef {{phase: "connecting" | "live"} | {phase: "refused", reason: string}
 *   | {phase: "waiting", reason: string, until: number}} Connection
 */

export class Stream {
  #api;
  #take;
  #tell;
  #pauseMs = FIRST_PAUSE_MS;
  /** @type {AbortController | null} */
  #request = null;
  /** @type {() => void} */
  #wake = () => {};

  /**
   * @param {Api} api
   * @param {(message: any) => void} take gets what the server says
   * @param {(connection: Connection) => void} tell gets how the connection is
   */
  constructor(api, take, tell) {
    this.#api = api;
    this.#take = take;
    this.#tell = tell;
  }

  /** Follow, and connect anew when that ends, with pauses that grow; until the key is refused. */
  async follow() {
    for (;;) {
      const reason = await this.#once();
      if (reason === null) return;
      this.#tell({ phase: "waiting", reason, until: Date.now() + this.#pauseMs });
      await this.#pause(this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Connect now rather than after the pause. */
  retry() {
    this.#wake();
  }

  /** @returns {Promise<string | null>} why it ended; null where there is no use in trying again */
  async #once() {
    this.#tell({ phase: "connecting" });
    this.#request = new AbortController();
    try {
      const answer = await this.#api.get(PATH, this.#request.signal);
      await this.#read(/** @type {ReadableStream<Uint8Array>} */ (answer.body));
      return "The server ended the connection";
    } catch (error) {
      if (!(error instanceof ApiError)) return "The connection was lost";
      if (error.status === 401 || error.status === 403) {
        this.#tell({ phase: "refused", reason: "The server refuses this key." });
        return null;
      }
      return error.status
        ? `The server answers: ${error.message}`
        : "The server does not answer; it may have been stopped";
    }
  }

  /** @param {ReadableStream<Uint8Array>} body */
  async #read(body) {
    const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
    let rest = "";
    for (;;) {
      const silence = setTimeout(() => this.#request?.abort(), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line) this.#hear(JSON.parse(line));
    }
  }

  /** @param {any} message */
  #hear(message) {
    if (message.type === "hello") {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#tell({ phase: "live" });
    }
    this.#take(message);
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, undefined);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
