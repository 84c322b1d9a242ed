/** One sandbox in the list. */

import { element, setAttribute, setText } from "./dom.js";
import { badge, showState } from "./states.js";
import { nextTimer } from "./timers.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const MOST_LABELS = 4;

/**
 * Return a row of the list.
 * @param {() => number} now the server's time
 * @param {(id: string) => boolean} isSelected
 * @returns {import("./list.js").Row<Sandbox>}
 */
export function sandboxRow(now, isSelected) {
  const state = badge();
  const name = element("span", { class: "name" });
  const timer = element("span", { class: "timer" });
  const labels = element("span", { class: "labels" });
  const sizes = element("span", { class: "sizes" });
  const row = element(
    "div",
    { class: "row" },
    element("div", { class: "line" }, name, timer, state),
    element("div", { class: "line" }, labels, sizes),
  );
  return { element: row, update };

  /** @param {Sandbox} sandbox */
  function update(sandbox) {
    row.id = `sandbox-${sandbox.id}`;
    setAttribute(row, "aria-selected", isSelected(sandbox.id));
    setText(name, sandbox.name);
    showState(state, sandbox.state);
    setText(timer, nextTimer(sandbox, now()));
    setText(sizes, `${sandbox.cpu} CPU · ${sandbox.memory} GiB · ${sandbox.disk} GiB`);
    setAttribute(
      sizes,
      "title",
      `${sandbox.cpu} CPU, ${sandbox.memory} GiB memory, ${sandbox.disk} GiB disk`,
    );
    showLabels(labels, sandbox.labels, MOST_LABELS);
  }
}

/**
 * Show labels in an element, where they differ from those that it shows.
 * @param {HTMLElement} target
 * @param {Record<string, string>} labels
 * @param {number} [most]
 */
export function showLabels(target, labels, most = Infinity) {
  const shown = Object.entries(labels ?? {}).slice(0, most);
  const text = JSON.stringify(shown);
  if (target.dataset.shown === text) return;
  target.dataset.shown = text;
  target.replaceChildren(
    ...shown.map(([key, value]) => element("span", { class: "label" }, element("b", {}, key), ` ${value}`)),
  );
}
