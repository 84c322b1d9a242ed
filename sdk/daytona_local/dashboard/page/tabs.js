/** Tabs: the arrow keys choose, the one that is chosen is the one that Tab reaches. */

import { button, setAttribute } from "./dom.js";

/** @typedef {{id: string, title: string, panel: HTMLElement}} Tab */

export class Tabs {
  #tabs;
  #buttons;
  #choose;

  /**
   * @param {HTMLElement} bar becomes the tab list
   * @param {string} label
   * @param {Tab[]} tabs
   * @param {(id: string) => void} choose is told which one is shown
   */
  constructor(bar, label, tabs, choose) {
    this.#tabs = tabs;
    this.#choose = choose;
    this.#buttons = tabs.map(({ id, title, panel }) => {
      setAttribute(panel, "role", "tabpanel");
      setAttribute(panel, "aria-labelledby", `tab-${id}`);
      return button(title, () => this.show(id), { id: `tab-${id}`, role: "tab", "aria-controls": panel.id });
    });
    setAttribute(bar, "role", "tablist");
    setAttribute(bar, "aria-label", label);
    bar.append(...this.#buttons);
    bar.addEventListener("keydown", (event) => this.#move(event));
    this.current = "";
  }

  /**
   * Show one.
   * @param {string} id
   */
  show(id) {
    this.current = id;
    this.#tabs.forEach((tab, index) => {
      const chosen = tab.id === id;
      tab.panel.hidden = !chosen;
      setAttribute(this.#buttons[index], "aria-selected", chosen);
      this.#buttons[index].tabIndex = chosen ? 0 : -1;
    });
    this.#choose(id);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const last = this.#tabs.length - 1;
    const index = this.#tabs.findIndex((tab) => tab.id === this.current);
    const next = {
      ArrowLeft: index ? index - 1 : last,
      ArrowRight: index < last ? index + 1 : 0,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.show(this.#tabs[next].id);
    this.#buttons[next].focus();
  }
}
