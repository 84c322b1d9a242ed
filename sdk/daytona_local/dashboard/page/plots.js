/** Live plots of what a sandbox uses, measured each second while they are in sight. */

import { Api, watchPath } from "./api.js";
import { drawing, element, setText } from "./dom.js";
import { size } from "./format.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const EVERY_MS = 1000;
/** How many times it is left out after one that failed. */
const REST = 10;
const KEPT = 120;
const WIDTH = 240;
const HEIGHT = 60;

export class Plots {
  #api;
  #processor = new Plot("Processor");
  #memory = new Plot("Memory");
  #disk = element("p", { class: "disk" });
  #note = element("p", { class: "hint" });
  #id = "";
  #started = false;
  #timer = 0;
  #asking = false;
  #resting = 0;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    const drawn = element("div", { class: "plots" }, this.#processor.element, this.#memory.element);
    this.element = element("div", {}, drawn, this.#disk, this.#note);
  }

  /** @param {Sandbox} sandbox */
  follow({ id }) {
    this.leave();
    this.#id = id;
    this.#processor.clear();
    this.#memory.clear();
    setText(this.#disk, "");
    this.#timer = setInterval(() => this.#measure(), EVERY_MS);
  }

  /** @param {Sandbox} sandbox */
  update({ state }) {
    const before = this.#started;
    this.#started = state === "started";
    setText(this.#note, this.#started ? "" : "Measured while the sandbox is started.");
    if (!this.#started || before) return;
    this.#resting = 0;
    void this.#measure();
  }

  /** Measure no longer. */
  leave() {
    clearInterval(this.#timer);
    this.#id = "";
    this.#started = false;
  }

  async #measure() {
    if (!this.#started || this.#asking || document.hidden) return;
    if (this.#resting > 0) {
      this.#resting -= 1;
      return;
    }
    const id = this.#id;
    this.#asking = true;
    try {
      const found = await this.#api.json(watchPath(id, "/metrics"));
      if (id === this.#id) this.#show(found);
    } catch (error) {
      this.#resting = REST;
      if (id === this.#id) setText(this.#note, `Not measured: ${/** @type {Error} */ (error).message}`);
    } finally {
      this.#asking = false;
    }
  }

  /** @param {{cpuCount: number, cpuUsedPct: number, memUsed: number, memTotal: number, diskUsed: number, diskTotal: number}} found */
  #show({ cpuCount, cpuUsedPct, memUsed, memTotal, diskUsed, diskTotal }) {
    setText(this.#note, "");
    this.#processor.add(
      cpuUsedPct / 100,
      `${cpuUsedPct.toFixed(cpuUsedPct < 10 ? 1 : 0)} % of ${cpuCount} CPU`,
    );
    this.#memory.add(memUsed / memTotal, `${size(memUsed)} of ${size(memTotal)}`);
    setText(this.#disk, `Disk: ${size(diskUsed)} of ${size(diskTotal)}`);
  }
}

/** One measure as it was in the last two minutes, from nothing to all that there is. */
class Plot {
  #value = element("span", { class: "value" });
  #area = drawing("path", { class: "area" });
  #line = drawing("path", { class: "curve" });
  /** @type {number[]} */
  #shares = [];

  /** @param {string} title */
  constructor(title) {
    const frame = drawing(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      drawing("path", { class: "grid", d: `M0 ${HEIGHT / 2}H${WIDTH}` }),
      this.#area,
      this.#line,
    );
    const ends = element(
      "div",
      { class: "ends" },
      element("span", {}, "2 min ago"),
      element("span", {}, "now"),
    );
    const scale = element(
      "div",
      { class: "scale", "aria-hidden": "true" },
      element("span", {}, "100 %"),
      element("span", {}, "0"),
    );
    const caption = element("figcaption", {}, element("b", {}, title), this.#value);
    this.element = element(
      "figure",
      { class: "plot" },
      caption,
      element("div", { class: "frame" }, frame, scale),
      ends,
    );
  }

  /** Forget what was measured. */
  clear() {
    this.#shares = [];
    setText(this.#value, "–");
    this.#draw();
  }

  /**
   * Add a measure.
   * @param {number} share from 0 to 1; more is drawn as 1
   * @param {string} text
   */
  add(share, text) {
    this.#shares = [...this.#shares, Math.min(1, Math.max(0, share))].slice(-KEPT);
    setText(this.#value, text);
    this.#draw();
  }

  #draw() {
    const step = WIDTH / (KEPT - 1);
    const start = WIDTH - step * (this.#shares.length - 1);
    const points = this.#shares.map(
      (share, index) =>
        `${(start + index * step).toFixed(1)} ${(HEIGHT - 1 - share * (HEIGHT - 2)).toFixed(1)}`,
    );
    this.#line.setAttribute("d", points.length ? `M${points.join("L")}` : "");
    this.#area.setAttribute(
      "d",
      points.length ? `M${start.toFixed(1)} ${HEIGHT}L${points.join("L")}L${WIDTH} ${HEIGHT}Z` : "",
    );
  }
}
