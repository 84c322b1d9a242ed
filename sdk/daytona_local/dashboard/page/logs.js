/** The log of a sandbox's build, as it comes. */

import { Api, ApiError, sandboxPath } from "./api.js";
import { element, setText } from "./dom.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const COLOURS = /\x1b\[[0-9;?]*[A-Za-z]/g;

export class LogsPanel {
  element = element("div", { id: "log", class: "panel log" });
  #api;
  #note = element("p", { class: "hint", role: "status" });
  #text = element("pre", { class: "text", tabindex: "0", "aria-label": "Build log" });
  /** @type {AbortController | null} */
  #request = null;
  #state = "";
  /** There is no log, or not yet. */
  #isMissing = false;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    this.element.append(this.#note, this.#text);
  }

  /** @param {Sandbox} sandbox */
  show(sandbox) {
    this.#state = sandbox.state;
    void this.#follow(sandbox.id);
  }

  /** @param {Sandbox} sandbox */
  update(sandbox) {
    const changed = sandbox.state !== this.#state;
    this.#state = sandbox.state;
    if (changed && this.#isMissing) void this.#follow(sandbox.id);
  }

  hide() {
    this.#request?.abort();
    this.#request = null;
  }

  /** @param {string} id */
  async #follow(id) {
    const request = (this.#request = new AbortController());
    this.#text.replaceChildren();
    this.#text.hidden = true;
    this.#isMissing = false;
    setText(this.#note, "Looking for a log …");
    try {
      const answer = await this.#api.get(sandboxPath(id, "/build-logs?follow=true"), request.signal);
      this.#text.hidden = false;
      setText(this.#note, "Following the build …");
      await this.#read(/** @type {ReadableStream<Uint8Array>} */ (answer.body));
      setText(this.#note, "The log is complete.");
    } catch (error) {
      if (!request.signal.aborted) this.#explain(error);
    }
  }

  /** @param {ReadableStream<Uint8Array>} body */
  async #read(body) {
    const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const { scrollTop, clientHeight, scrollHeight } = this.#text;
      this.#text.append(value.replace(COLOURS, ""));
      if (scrollTop + clientHeight >= scrollHeight - 4) this.#text.scrollTop = this.#text.scrollHeight;
    }
  }

  /** @param {unknown} error */
  #explain(error) {
    this.#isMissing = error instanceof ApiError && error.status === 404;
    setText(
      this.#note,
      this.#isMissing
        ? "There is no build log: this sandbox was not built, or not yet."
        : `Read the build log: ${/** @type {Error} */ (error).message}`,
    );
  }
}
