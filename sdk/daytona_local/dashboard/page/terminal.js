/** Terminals into sandboxes: one for each, kept until its shell ends, it is closed, or changes aren't allowed. */

import { Api } from "./api.js";
import { button, element, setText } from "./dom.js";
import { complain } from "./notices.js";
import { Shell } from "./shell.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

export class TerminalPanel {
  element = element("div", { id: "terminal", class: "panel terminal" });
  #api;
  /** @type {Map<string, Shell>} */
  #shells = new Map();
  #note = element("p", { class: "hint", role: "status" });
  #open = button("Open a terminal", () => this.#begin(), { class: "primary" });
  #close = button("Close", () => this.#end());
  #screen = element("div", { class: "screen" });
  /** @type {Sandbox | null} */
  #sandbox = null;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    const bar = element("div", { class: "bar" }, this.#open, this.#close, this.#note);
    this.element.append(bar, this.#screen);
    addEventListener("pagehide", () => this.closeAll());
  }

  /** @param {Sandbox} sandbox */
  show(sandbox) {
    this.update(sandbox);
    const shell = this.#shells.get(sandbox.id);
    this.#screen.replaceChildren(...(shell ? [shell.element] : []));
    shell?.fit();
  }

  /** @param {Sandbox} sandbox */
  update(sandbox) {
    this.#sandbox = sandbox;
    const shell = this.#shells.get(sandbox.id);
    this.#open.hidden = Boolean(shell?.isOpen);
    this.#close.hidden = !shell?.isOpen;
    this.#open.disabled = !this.#api.writable || sandbox.state !== "started";
    setText(this.#note, this.#explanation(sandbox, shell));
  }

  hide() {
    this.#sandbox = null;
    this.#screen.replaceChildren();
  }

  /** Close them all. */
  closeAll() {
    for (const shell of this.#shells.values()) shell.close();
  }

  /**
   * @param {Sandbox} sandbox
   * @param {Shell | undefined} shell
   */
  #explanation(sandbox, shell) {
    if (shell?.isOpen) return "Ctrl+Shift+L leaves the terminal";
    if (shell?.ending) return shell.ending;
    if (sandbox.state !== "started") return "The sandbox must be started.";
    return this.#api.writable ? "A shell, as the sandbox's user." : "Turn on “Allow changes” first.";
  }

  async #begin() {
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    const shell = new Shell(this.#api, sandbox.id, () => this.#changed(sandbox.id));
    this.#shells.get(sandbox.id)?.dispose();
    this.#shells.set(sandbox.id, shell);
    this.show(sandbox);
    try {
      await shell.open();
      this.#leaveWith(shell);
    } catch (error) {
      shell.end("The terminal could not be opened.");
      complain(`open a terminal in ${sandbox.name}`, error);
    }
  }

  /** @param {Shell} shell */
  #leaveWith(shell) {
    shell.onLeave = () => this.#close.focus();
    shell.focus();
  }

  #end() {
    if (this.#sandbox) this.#shells.get(this.#sandbox.id)?.close();
    this.#open.focus();
  }

  /** @param {string} id */
  #changed(id) {
    if (this.#sandbox?.id === id) this.update(this.#sandbox);
  }
}
