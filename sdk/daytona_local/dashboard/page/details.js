/** The selected sandbox: its head, its actions and its tabs. */

import { Actions } from "./actions.js";
import { Api } from "./api.js";
import { button, element, setText } from "./dom.js";
import { FilesPanel } from "./files.js";
import { LogsPanel } from "./logs.js";
import { Model } from "./model.js";
import { OverviewPanel } from "./overview.js";
import { PreviewsPanel } from "./previews.js";
import { serverCard } from "./server.js";
import { badge, showState } from "./states.js";
import { Tabs } from "./tabs.js";
import { TerminalPanel } from "./terminal.js";

/**
 * @typedef {import("./model.js").Sandbox} Sandbox
 * @typedef {{element: HTMLElement, show(sandbox: Sandbox): void, update(sandbox: Sandbox): void, hide(): void}} Panel
 *   A panel is shown with a sandbox, updated when that one changes, and hidden; it asks the server nothing while hidden.
 */

export class Details {
  #model;
  #api;
  #id = "";
  #name = element("h2", { tabindex: "-1" });
  #badge = badge();
  #error = element("p", { class: "error-reason" });
  #content = element("div", { class: "details", hidden: true });
  #hint = element("p", { class: "empty" }, "Choose a sandbox to see its timers, plots, terminal and files.");
  #nothing = element("div", { class: "panel nothing" }, this.#hint);
  #actions;
  #terminal;
  /** @type {Record<string, Panel>} */
  #panels;
  /** @type {Panel | null} */
  #shown = null;
  #tabs;

  /**
   * @param {HTMLElement} pane
   * @param {Model} model
   * @param {Api} api
   * @param {{back: () => void, requests: (id: string) => void}} reader goes back to the list, or to a sandbox's requests
   */
  constructor(pane, model, api, { back, requests }) {
    this.#model = model;
    this.#api = api;
    this.#actions = new Actions(api);
    this.#terminal = new TerminalPanel(api);
    this.#panels = {
      overview: new OverviewPanel(model, api, requests),
      terminal: this.#terminal,
      files: new FilesPanel(api),
      previews: new PreviewsPanel(api),
      log: new LogsPanel(api),
    };
    const bar = element("div", { class: "tabs" });
    this.#content.append(
      this.#head(back),
      this.#error,
      bar,
      ...Object.values(this.#panels).map((panel) => panel.element),
    );
    pane.append(this.#content, this.#nothing);
    const titles = {
      overview: "Overview",
      terminal: "Terminal",
      files: "Files",
      previews: "Previews",
      log: "Build log",
    };
    const tabs = Object.entries(titles).map(([id, title]) => ({
      id,
      title,
      panel: this.#panels[id].element,
    }));
    this.#tabs = new Tabs(bar, "Details", tabs, () => this.#showPanel());
    this.#tabs.show("overview");
  }

  /**
   * Show a sandbox.
   * @param {string} id
   */
  choose(id) {
    if (id === this.#id) return;
    this.#shown?.hide();
    this.#shown = null;
    this.#id = id;
    this.update();
  }

  /** Show what the model knows now. */
  update() {
    const sandbox = this.#model.sandboxes.get(this.#id);
    this.#content.hidden = !sandbox;
    this.#nothing.hidden = Boolean(sandbox);
    if (!sandbox) {
      this.#shown?.hide();
      this.#shown = null;
      if (this.#id) setText(this.#hint, "This sandbox is gone.");
      this.#nothing.replaceChildren(this.#hint, ...serverCard(this.#model.server));
      return;
    }
    setText(this.#name, sandbox.name);
    showState(this.#badge, sandbox.state);
    setText(this.#error, sandbox.errorReason ?? "");
    this.#error.hidden = !sandbox.errorReason;
    this.#actions.update(sandbox);
    if (this.#shown) this.#shown.update(sandbox);
    else this.#showPanel();
  }

  /**
   * Allow changes, or no longer: then the terminals are closed.
   * @param {boolean} writable
   */
  permit(writable) {
    if (!writable) this.#terminal.closeAll();
    this.#api.writable = writable;
    this.update();
  }

  /** Ask the server nothing, for as long as something else is shown; `update` shows it again. */
  hide() {
    this.#shown?.hide();
    this.#shown = null;
  }

  /** Go to the details. */
  focus() {
    this.#name.focus();
  }

  /** @param {() => void} back */
  #head(back) {
    const title = element("div", { class: "title" }, this.#name, this.#badge);
    const toList = button("‹ Sandboxes", back, { class: "back quiet" });
    return element("div", { class: "head" }, toList, title, this.#actions.element);
  }

  #showPanel() {
    this.#shown?.hide();
    this.#shown = null;
    const sandbox = this.#model.sandboxes.get(this.#id);
    if (!sandbox) return;
    this.#shown = this.#panels[this.#tabs.current];
    this.#shown.show(sandbox);
  }
}
