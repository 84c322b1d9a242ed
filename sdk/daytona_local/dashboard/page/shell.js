/** One shell in a sandbox: xterm.js at this end of the websocket, a pseudo-terminal at the other. */

import { Api, sandboxPath, toolboxPath } from "./api.js";
import { element } from "./dom.js";
import { complain } from "./notices.js";
import { FitAddon } from "./vendor/addon-fit.mjs";
import { Terminal } from "./vendor/xterm.mjs";

const GONE = 404;
const EXIT_CONTROL = "X-Daytona-Pty-Exit-Control";
/** Any port does: a sandbox has one token for all. */
const TOKEN_PORT = 22222;
const dark = matchMedia("(prefers-color-scheme: dark)");

export class Shell {
  element = element("div", { class: "xterm-host" });
  /** Called when the reader asks to leave the terminal by the keyboard. */
  onLeave = () => {};
  /** How it ended, in words; empty as long as it didn't. */
  ending = "";
  #api;
  #id;
  #changed;
  #session = `dashboard-${crypto.randomUUID()}`;
  #terminal = new Terminal({
    fontSize: 13,
    fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
    scrollback: 5000,
    theme: theme(),
  });
  #fit = new FitAddon();
  #resizes = new ResizeObserver(() => this.fit());
  #recolour = () => (this.#terminal.options.theme = theme());
  /** @type {WebSocket | null} */
  #socket = null;

  /**
   * @param {Api} api
   * @param {string} id the sandbox's
   * @param {() => void} changed is called when it has opened or ended
   */
  constructor(api, id, changed) {
    this.#api = api;
    this.#id = id;
    this.#changed = changed;
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    dark.addEventListener("change", this.#recolour);
  }

  get #path() {
    return toolboxPath(this.#id, `/process/pty/${this.#session}`);
  }

  /** Tell whether it has not ended. */
  get isOpen() {
    return !this.ending;
  }

  /**
   * Start the shell, and return when it is connected.
   * @throws {Error} it can't be
   */
  async open() {
    this.#terminal.open(this.element);
    this.#fit.fit();
    const { token } = await this.#api.json(sandboxPath(this.#id, `/ports/${TOKEN_PORT}/preview-url`));
    const { cols, rows } = this.#terminal;
    const query = new URLSearchParams({
      id: this.#session,
      cols: String(cols),
      rows: String(rows),
      DAYTONA_SANDBOX_AUTH_KEY: token,
    });
    const address = new URL(toolboxPath(this.#id, `/process/pty/create-connect?${query}`), location.href);
    address.protocol = address.protocol.replace("http", "ws");
    if (!this.isOpen) return;
    await this.#connect(address);
    this.#terminal.onData((text) => this.#socket?.send(new TextEncoder().encode(text)));
    this.#terminal.onBinary((text) =>
      this.#socket?.send(Uint8Array.from(text, (letter) => letter.charCodeAt(0))),
    );
    this.#terminal.onResize((size) => void this.#resize(size));
    this.#resizes.observe(this.element);
  }

  /** Fill the room that there is. */
  fit() {
    if (this.isOpen && this.element.clientHeight) this.#fit.fit();
  }

  /** Go into the terminal. */
  focus() {
    this.#terminal.focus();
  }

  /** End the shell; what it has shown stays. */
  close() {
    if (!this.isOpen) return;
    this.end("The terminal was closed.");
    this.#socket?.close(1000);
    this.#api.send("DELETE", this.#path).catch((error) => {
      if (error.status !== GONE) complain("end the shell", error);
    });
  }

  /** Take away what it has shown. */
  dispose() {
    this.close();
    dark.removeEventListener("change", this.#recolour);
    this.#terminal.dispose();
  }

  /** @param {URL} address */
  #connect(address) {
    return new Promise((resolve, reject) => {
      const socket = (this.#socket = new WebSocket(address, [EXIT_CONTROL]));
      socket.binaryType = "arraybuffer";
      socket.onmessage = ({ data }) => {
        if (typeof data !== "string") this.#terminal.write(new Uint8Array(data));
        else this.#hear(JSON.parse(data), resolve, reject);
      };
      socket.onclose = ({ reason }) => {
        reject(new Error("the server refuses the connection"));
        this.end(reason.startsWith("{") ? ended(JSON.parse(reason)) : "The connection was lost.");
      };
    });
  }

  /**
   * @param {any} message
   * @param {(value?: unknown) => void} resolve
   * @param {(error: Error) => void} reject
   */
  #hear(message, resolve, reject) {
    if (message.status === "connected") resolve();
    else if (message.status === "exited") this.end(ended(message));
    else reject(new Error(message.error ?? "the terminal failed"));
  }

  /**
   * Take note that it has ended; only the first ending counts.
   * @param {string} ending how, in words
   */
  end(ending) {
    if (!this.isOpen) return;
    this.ending = ending;
    this.#resizes.disconnect();
    this.#terminal.options.disableStdin = true;
    this.#terminal.options.cursorBlink = false;
    this.#changed();
  }

  /** @param {{cols: number, rows: number}} size */
  async #resize(size) {
    if (!this.isOpen) return;
    try {
      await this.#api.send("POST", `${this.#path}/resize`, size);
    } catch (error) {
      if (this.isOpen) complain("resize the terminal", error);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.ctrlKey && event.shiftKey && event.code === "KeyL")) return true;
    if (event.type === "keydown") this.onLeave();
    event.preventDefault();
    return false;
  }
}

/** @param {{exitCode?: number, exitReason?: string}} ending */
function ended({ exitCode = 0, exitReason }) {
  return `The shell ended with exit code ${exitCode}${exitReason ? ` (${exitReason})` : ""}.`;
}

/** Return the terminal's colours, which are those of the page. */
function theme() {
  const style = getComputedStyle(document.documentElement);
  const [background, foreground, cursor, selectionBackground] = [
    "--terminal",
    "--text",
    "--accent",
    "--selection",
  ].map((name) => style.getPropertyValue(name).trim());
  return { background, foreground, cursor, selectionBackground };
}
