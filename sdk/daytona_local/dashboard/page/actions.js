/** What can be done with a sandbox: start, stop, archive, delete. */

import { Api, sandboxPath } from "./api.js";
import { ask } from "./dialogs.js";
import { button, element, setAttribute } from "./dom.js";
import { complain } from "./notices.js";
import { allows } from "./states.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const TITLES = { start: "Start", stop: "Stop", archive: "Archive", delete: "Delete" };
const LOCKED = "Turn on “Allow changes” first";

export class Actions {
  #api;
  #buttons;
  /** @type {Sandbox | null} */
  #sandbox = null;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    this.#buttons = Object.entries(TITLES).map(([action, title]) =>
      button(title, () => this.#press(action), {
        "data-action": action,
        class: action === "delete" ? "danger" : null,
      }),
    );
    this.element = element(
      "div",
      { class: "actions", role: "group", "aria-label": "Actions" },
      ...this.#buttons,
    );
  }

  /**
   * Offer what can be done with a sandbox now.
   * @param {Sandbox} sandbox
   */
  update(sandbox) {
    this.#sandbox = sandbox;
    for (const each of this.#buttons) {
      each.disabled = !this.#api.writable || !allows(String(each.dataset.action), sandbox.state);
      setAttribute(each, "title", this.#api.writable ? null : LOCKED);
    }
  }

  /** @param {string} action */
  async #press(action) {
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    if (action === "delete" && !(await ask(`Delete ${sandbox.name}?`, "Its files are lost.", "Delete")))
      return;
    try {
      if (action === "delete") await this.#api.send("DELETE", sandboxPath(sandbox.id));
      else await this.#api.send("POST", sandboxPath(sandbox.id, `/${action}`));
    } catch (error) {
      complain(`${action} ${sandbox.name}`, error);
    }
  }
}
