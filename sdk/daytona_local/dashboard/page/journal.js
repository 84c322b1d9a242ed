/** The journal of requests, the newest first. */

import { element, setText } from "./dom.js";
import { moment, span } from "./format.js";
import { VirtualList } from "./list.js";
import { Model } from "./model.js";

/** @typedef {import("./model.js").Entry & {id: number}} Entry */

const ROW_PX = 30;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const STATUSES = { 2: "2xx", 3: "3xx", 4: "4xx", 5: "5xx", 0: "cut off" };

export class Journal {
  #model;
  #text = /** @type {HTMLInputElement} */ (
    element("input", {
      type: "search",
      placeholder: "Filter by path or client",
      "aria-label": "Filter requests by path or client",
    })
  );
  #method = choice("Method", [["", "any method"], ...METHODS.map((name) => [name, name])]);
  #status = choice("Status", [["", "any status"], ...Object.entries(STATUSES)]);
  #count = element("span", { class: "hint", role: "status" });
  #scroller = element("div", {
    class: "rows",
    role: "list",
    tabindex: "0",
    "aria-label": "Requests, the newest first",
  });
  /** @type {VirtualList<Entry>} */
  #list;

  /**
   * @param {HTMLElement} pane
   * @param {Model} model
   */
  constructor(pane, model) {
    this.#model = model;
    const search = element(
      "div",
      { class: "search", role: "search" },
      this.#text,
      this.#method,
      this.#status,
      this.#count,
    );
    const heads = ["Time", "Method", "Status", "Path", "Took", "Client"].map((head) =>
      element("span", {}, head),
    );
    pane.append(
      search,
      element("div", { class: "request heads", "aria-hidden": "true" }, ...heads),
      this.#scroller,
    );
    this.#list = new VirtualList(this.#scroller, { height: ROW_PX, role: "listitem", make: requestRow });
    for (const field of [this.#text, this.#method, this.#status])
      field.addEventListener("input", () => this.#refilter());
  }

  /** Show what the model knows now; who reads further down stays where they are. */
  update() {
    const newest = this.#list.items[0]?.id;
    const shown = this.#model.requests.filter((entry) => this.#matches(entry)).reverse();
    const added = newest === undefined ? 0 : shown.findIndex(({ id }) => id === newest);
    this.#list.show(shown);
    if (added > 0 && this.#scroller.scrollTop > 0) this.#scroller.scrollTop += added * ROW_PX;
    setText(this.#count, `${shown.length} of ${this.#model.requests.length}`);
  }

  /** Go to the filter. */
  focusFilter() {
    this.#text.focus();
    this.#text.select();
  }

  /**
   * Show those only whose path or client has a text.
   * @param {string} text
   */
  filter(text) {
    this.#text.value = text;
    this.#method.value = this.#status.value = "";
    this.#refilter();
  }

  #refilter() {
    this.#scroller.scrollTop = 0;
    this.update();
  }

  /** @param {Entry} entry */
  #matches({ method, path, status, source }) {
    const wanted = this.#text.value.toLowerCase();
    return (
      (!this.#method.value || method === this.#method.value) &&
      (!this.#status.value || String(Math.floor(status / 100)) === this.#status.value) &&
      (path.toLowerCase().includes(wanted) || source.toLowerCase().includes(wanted))
    );
  }
}

/** @returns {import("./list.js").Row<Entry>} */
function requestRow() {
  const names = ["time", "method", "status", "path", "took", "source"];
  const [time, method, status, path, took, source] = names.map((name) => element("span", { class: name }));
  const row = element("div", { class: "request" }, time, method, status, path, took, source);
  return {
    element: row,
    update(entry) {
      setText(time, moment(entry.at));
      setText(method, entry.method);
      setText(status, entry.status ? String(entry.status) : "cut off");
      status.dataset.kind = entry.status >= 400 || !entry.status ? "bad" : "good";
      setText(path, entry.path);
      path.title = entry.path;
      setText(took, span(entry.seconds));
      setText(source, entry.source);
    },
  };
}

/**
 * @param {string} label
 * @param {string[][]} options
 */
function choice(label, options) {
  const made = element(
    "select",
    { "aria-label": label },
    ...options.map(([value, title]) => element("option", { value }, title)),
  );
  return /** @type {HTMLSelectElement} */ (made);
}
