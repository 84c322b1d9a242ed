/** The time line of a sandbox's states: a drawing, and the same in words. */

import { drawing, element, setText } from "./dom.js";
import { moment, span } from "./format.js";
import { kind, words } from "./states.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const WIDTH = 1000;
const HEIGHT = 26;
/** States that last milliseconds are to be seen too. */
const LEAST = 6;
const MOST_TOLD = 8;

/** @typedef {{state: string, from: number, lasts: number}} Stretch */

export class Timeline {
  #now;
  #drawing = drawing("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    class: "timeline",
    "aria-hidden": "true",
  });
  #told = element("ol", { class: "history", "aria-label": "States, the newest first" });
  #from = element("span");

  /** @param {() => number} now the server's time */
  constructor(now) {
    this.#now = now;
    const ends = element("div", { class: "ends" }, this.#from, element("span", {}, "now"));
    this.element = element("div", {}, this.#drawing, ends, this.#told);
  }

  /** @param {Sandbox} sandbox */
  update({ history }) {
    const stretches = lasting(history, this.#now());
    setText(this.#from, stretches.length ? moment(stretches[0].from) : "");
    this.#drawing.replaceChildren(...bars(stretches));
    const newest = stretches.slice(-MOST_TOLD).reverse();
    while (this.#told.childElementCount > newest.length) this.#told.lastElementChild?.remove();
    while (this.#told.childElementCount < newest.length) this.#told.append(line());
    newest.forEach((stretch, index) => tell(this.#told.children[index], stretch));
  }
}

/**
 * @param {import("./model.js").Change[]} history
 * @param {number} now
 * @returns {Stretch[]}
 */
function lasting(history, now) {
  return history.map(({ state, at }, index) => {
    const end = history[index + 1]?.at ?? Math.max(now, at);
    return { state, from: at, lasts: end - at };
  });
}

/** @param {Stretch[]} stretches */
function bars(stretches) {
  const whole = stretches.reduce((sum, { lasts }) => sum + lasts, 0) || 1;
  const free = Math.max(0, WIDTH - LEAST * stretches.length);
  let x = 0;
  return stretches.map(({ state, from, lasts }) => {
    const width = LEAST + (free * lasts) / whole;
    const title = drawing("title", {}, `${words(state)}, ${span(lasts)}, from ${moment(from)}`);
    const bar = drawing(
      "rect",
      { x, width: Math.max(1, width - 1), height: HEIGHT, "data-kind": kind(state) },
      title,
    );
    x += width;
    return bar;
  });
}

function line() {
  return element(
    "li",
    {},
    element("time"),
    element("span", { class: "badge" }),
    element("span", { class: "lasts" }),
  );
}

/**
 * @param {Element} target
 * @param {Stretch} stretch
 */
function tell(target, { state, from, lasts }) {
  const [when, what, long] = target.children;
  setText(when, moment(from));
  setText(what, words(state));
  /** @type {HTMLElement} */ (what).dataset.kind = kind(state);
  setText(long, span(lasts));
}
