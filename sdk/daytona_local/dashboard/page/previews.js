/** Links to what listens on ports inside a sandbox. */

import { Api, sandboxPath, watchPath } from "./api.js";
import { button, element, setText } from "./dom.js";
import { complain } from "./notices.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const TOKEN_PARAMETER = "DAYTONA_SANDBOX_AUTH_KEY";

export class PreviewsPanel {
  element = element("div", { id: "previews", class: "panel previews" });
  #api;
  /** @type {Sandbox | null} */
  #sandbox = null;
  #note = element("p", { class: "hint", role: "status" });
  #list = element("ul", { class: "links" });
  #port = /** @type {HTMLInputElement} */ (
    element("input", {
      id: "port",
      type: "number",
      min: "1",
      max: "65535",
      required: true,
      placeholder: "8000",
    })
  );

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    const form = element("form", { class: "bar", submit: (/** @type {Event} */ event) => this.#ask(event) });
    form.append(
      element("label", { for: "port" }, "Port"),
      this.#port,
      element("button", { type: "submit", class: "primary" }, "Get a link"),
    );
    form.append(button("Look for ports again", () => this.#look()));
    this.element.append(form, this.#note, this.#list);
  }

  /** @param {Sandbox} sandbox */
  show(sandbox) {
    this.#sandbox = sandbox;
    this.#list.replaceChildren();
    void this.#look();
  }

  /** @param {Sandbox} sandbox */
  update(sandbox) {
    const before = this.#sandbox?.state;
    this.#sandbox = sandbox;
    if (before !== sandbox.state) void this.#look();
  }

  hide() {
    this.#sandbox = null;
  }

  /** Look which ports something listens on, and link them. */
  async #look() {
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    if (sandbox.state !== "started") return this.#empty("The sandbox must be started.");
    try {
      const { ports } = await this.#api.json(watchPath(sandbox.id, "/ports"));
      const links = await Promise.all(ports.map((/** @type {number} */ port) => this.#link(sandbox, port)));
      if (sandbox.id !== this.#sandbox?.id) return;
      this.#list.replaceChildren(...links);
      setText(
        this.#note,
        ports.length
          ? "Found listening:"
          : "Nothing listens on a port from 3000 to 9999; ask for another port.",
      );
    } catch (error) {
      setText(this.#note, `Look for ports: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {string} reason */
  #empty(reason) {
    this.#list.replaceChildren();
    setText(this.#note, reason);
  }

  /** @param {Event} event */
  async #ask(event) {
    event.preventDefault();
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    try {
      this.#list.prepend(await this.#link(sandbox, Number(this.#port.value)));
    } catch (error) {
      complain(`get a link to port ${this.#port.value}`, error);
    }
  }

  /**
   * @param {Sandbox} sandbox
   * @param {number} port
   */
  async #link(sandbox, port) {
    const { url, token } = await this.#api.json(sandboxPath(sandbox.id, `/ports/${port}/preview-url`));
    const address = new URL(url);
    if (!sandbox.public) address.searchParams.set(TOKEN_PARAMETER, token);
    const link = element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, url);
    const copy = button(
      "Copy",
      () => navigator.clipboard.writeText(address.href).catch((error) => complain("copy the link", error)),
      { "aria-label": `Copy the link to port ${port}`, class: "quiet" },
    );
    const hint = sandbox.public ? "" : "with the sandbox's token";
    return element(
      "li",
      {},
      element("b", {}, `:${port}`),
      link,
      element("span", { class: "hint" }, hint),
      copy,
    );
  }
}
