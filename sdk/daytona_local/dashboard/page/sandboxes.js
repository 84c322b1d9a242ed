/** The list of sandboxes: filter, order, and the one that is selected. */

import { button, element, setAttribute } from "./dom.js";
import { VirtualList } from "./list.js";
import { Model } from "./model.js";
import { sandboxRow } from "./row.js";
import { kind, words } from "./states.js";
import { eachSecond, soonest } from "./timers.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const ROW_PX = 66;
/** @type {Record<string, [string, (a: Sandbox, b: Sandbox) => number]>} */
const ORDERS = {
  newest: ["Newest", (a, b) => b.createdAt.localeCompare(a.createdAt)],
  name: ["Name", (a, b) => a.name.localeCompare(b.name, "en", { numeric: true })],
  timer: ["Next timer", (a, b) => (soonest(a)?.at ?? Infinity) - (soonest(b)?.at ?? Infinity) || 0],
};

export class SandboxList {
  #model;
  #choose;
  #open;
  #state = "";
  #selected = "";
  #filter = field();
  #order = orders();
  #states = element("div", { class: "states", role: "group", "aria-label": "By state" });
  #scroller = element("div", { class: "rows", role: "listbox", tabindex: "0", "aria-label": "Sandboxes" });
  #empty = element("p", { class: "empty" });
  /** @type {VirtualList<Sandbox>} */
  #list;

  /**
   * @param {HTMLElement} pane
   * @param {Model} model
   * @param {{choose: (id: string) => void, open: (goThere: boolean) => void}} reader
   *   is told which one is chosen, and when one is opened, to go there or to look only
   */
  constructor(pane, model, { choose, open }) {
    this.#model = model;
    this.#choose = choose;
    this.#open = open;
    const search = element("div", { class: "search", role: "search" }, this.#filter, this.#order);
    pane.append(search, this.#states, this.#scroller, this.#empty);
    const make = () =>
      sandboxRow(
        () => this.#model.now(),
        (id) => id === this.#selected,
      );
    this.#list = new VirtualList(this.#scroller, { height: ROW_PX, role: "option", make });
    this.#listen();
  }

  /** Show what the model knows now. */
  update() {
    const matching = this.#matching();
    this.#showStates(matching);
    const shown = this.#state ? matching.filter(({ state }) => state === this.#state) : matching;
    shown.sort(ORDERS[this.#order.value][1]);
    this.#list.show(shown);
    this.#empty.hidden = shown.length > 0;
    this.#empty.textContent = this.#model.sandboxes.size
      ? "No sandbox matches."
      : "There are no sandboxes yet.";
  }

  /** Go to the filter. */
  focusFilter() {
    this.#filter.focus();
    this.#filter.select();
  }

  /** Go to the list. */
  focus() {
    this.#scroller.focus();
  }

  #listen() {
    this.#filter.addEventListener("input", () => this.#refilter());
    this.#order.addEventListener("change", () => this.#refilter());
    this.#filter.addEventListener("keydown", (event) => this.#leaveFilter(event));
    this.#scroller.addEventListener("keydown", (event) => this.#press(event));
    this.#scroller.addEventListener("click", (event) => this.#click(event));
    eachSecond(this.#list.refresh);
  }

  #refilter() {
    this.#scroller.scrollTop = 0;
    this.update();
  }

  #matching() {
    const wanted = this.#filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = [...this.#model.sandboxes.values()];
    return wanted.length ? all.filter((sandbox) => matches(sandbox, wanted)) : all;
  }

  /** @param {Sandbox[]} sandboxes */
  #showStates(sandboxes) {
    const counts = new Map([["", sandboxes.length]]);
    for (const { state } of sandboxes) counts.set(state, (counts.get(state) ?? 0) + 1);
    if (!counts.has(this.#state)) counts.set(this.#state, 0);
    const inOrder = [...counts].sort(([a], [b]) => a.localeCompare(b));
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.state;
    const buttons = inOrder.map(([state, count]) => this.#stateButton(state, count));
    this.#states.replaceChildren(...buttons);
    if (focused !== undefined) buttons.find(({ dataset }) => dataset.state === focused)?.focus();
  }

  /**
   * @param {string} state
   * @param {number} count
   */
  #stateButton(state, count) {
    const press = () => {
      this.#state = this.#state === state ? "" : state;
      this.#refilter();
    };
    const made = button(`${state ? words(state) : "all"} ${count}`, press, {
      "aria-pressed": this.#state === state,
    });
    made.dataset.state = state;
    if (state) made.dataset.kind = kind(state);
    return made;
  }

  /** @param {KeyboardEvent} event */
  #leaveFilter(event) {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      this.focus();
      if (this.#index() < 0) this.#select(0);
    } else if (event.key === "Escape" && this.#filter.value) {
      event.stopPropagation();
      this.#filter.value = "";
      this.#refilter();
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const index = this.#index();
    const last = this.#list.items.length - 1;
    const next = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + this.#list.page,
      PageUp: index - this.#list.page,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) {
      if (event.key === "Enter" && index >= 0) this.#open(true);
      return;
    }
    event.preventDefault();
    this.#select(Math.min(Math.max(next, 0), last));
  }

  /** @param {Event} event */
  #click(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
    if (!row) return;
    this.#select(Number(/** @type {HTMLElement} */ (row).dataset.index));
    this.#open(false);
  }

  #index() {
    return this.#list.items.findIndex(({ id }) => id === this.#selected);
  }

  /** @param {number} index */
  #select(index) {
    const sandbox = this.#list.items[index];
    if (!sandbox) return;
    this.#selected = sandbox.id;
    setAttribute(this.#scroller, "aria-activedescendant", `sandbox-${sandbox.id}`);
    this.#list.reveal(index);
    this.#choose(sandbox.id);
  }
}

/**
 * @param {Sandbox} sandbox
 * @param {string[]} wanted
 */
function matches({ name, id, state, labels }, wanted) {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const text = [name, id, words(state), ...pairs].join("\n").toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function field() {
  const hint = "Filter by name or label";
  const made = element("input", {
    type: "search",
    id: "filter",
    placeholder: hint,
    "aria-label": hint,
    title: "Press / to come here",
  });
  return /** @type {HTMLInputElement} */ (made);
}

function orders() {
  const options = Object.entries(ORDERS).map(([name, [title]]) => element("option", { value: name }, title));
  return /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "Order" }, ...options));
}
