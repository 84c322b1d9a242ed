/** How the connection to the server is. */

import { button, byId, element, setText } from "./dom.js";
import { countdown } from "./format.js";
import { eachSecond } from "./timers.js";

/** @typedef {import("./stream.js").Connection} Connection */

const WORDS = { connecting: "connecting …", live: "live", waiting: "not connected", refused: "refused" };

export class ConnectionView {
  #shown = byId("connection");
  #lost = byId("lost");
  #reason = element("span");
  #when = element("span", { "aria-live": "off" });
  /** @type {Connection} */
  #connection = { phase: "connecting" };

  /** @param {() => void} retry connects now */
  constructor(retry) {
    this.#lost.replaceChildren(this.#reason, this.#when, button("Try now", retry));
    eachSecond(() => this.#tick());
  }

  /** @param {Connection} connection */
  show(connection) {
    const before = this.#connection.phase;
    this.#connection = connection;
    document.body.dataset.connection = connection.phase;
    // While it tries again and again, the words stay: nobody wants to hear them each time.
    if (!(connection.phase === "connecting" && before === "waiting"))
      setText(this.#shown, WORDS[connection.phase]);
    if (connection.phase === "waiting")
      setText(this.#reason, `${connection.reason}. What is shown may be out of date.`);
    if (connection.phase === "live") this.#lost.hidden = true;
    if (connection.phase === "waiting") this.#lost.hidden = false;
    this.#tick();
  }

  #tick() {
    const { phase } = this.#connection;
    if (phase === "connecting") setText(this.#when, "Trying now …");
    if (this.#connection.phase !== "waiting") return;
    setText(this.#when, `Trying again in ${countdown((this.#connection.until - Date.now()) / 1000)}`);
  }
}
