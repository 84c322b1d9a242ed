/** A sandbox at a glance: timers, plots, time line, facts. */

import { Api } from "./api.js";
import { button, element, setText } from "./dom.js";
import { countdown, moment, seconds } from "./format.js";
import { Model } from "./model.js";
import { Plots } from "./plots.js";
import { showLabels } from "./row.js";
import { Timeline } from "./timeline.js";
import { allTimers, eachSecond } from "./timers.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

export class OverviewPanel {
  element = element("div", { id: "overview", class: "panel overview" });
  #model;
  #plots;
  #timeline;
  #timers = element("tbody");
  #facts = element("dl", { class: "facts" });
  #labels = element("div", { class: "labels all" });
  /** @type {Sandbox | null} */
  #sandbox = null;

  /**
   * @param {Model} model
   * @param {Api} api
   * @param {(id: string) => void} requests shows a sandbox's requests
   */
  constructor(model, api, requests) {
    this.#model = model;
    this.#plots = new Plots(api);
    this.#timeline = new Timeline(() => model.now());
    const toRequests = () => this.#sandbox && requests(this.#sandbox.id);
    this.element.append(
      card("Timers", timerTable(this.#timers)),
      card("Use of resources", this.#plots.element),
      card("States", this.#timeline.element, "wide"),
      card(
        "Facts",
        element("div", {}, this.#labels, this.#facts, button("Show its requests", toRequests)),
        "wide",
      ),
    );
    eachSecond(() => this.#tick());
  }

  /** @param {Sandbox} sandbox */
  show(sandbox) {
    this.#plots.follow(sandbox);
    this.update(sandbox);
  }

  /** @param {Sandbox} sandbox */
  update(sandbox) {
    this.#sandbox = sandbox;
    this.#plots.update(sandbox);
    showLabels(this.#labels, sandbox.labels);
    this.#facts.replaceChildren(...facts(sandbox).map(([name, value]) => fact(name, value)));
    this.#tick();
  }

  hide() {
    this.#sandbox = null;
    this.#plots.leave();
  }

  #tick() {
    if (!this.#sandbox) return;
    const rows = allTimers(this.#sandbox, this.#model.now());
    while (this.#timers.childElementCount < rows.length) this.#timers.append(timerRow());
    rows.forEach((row, index) => showTimer(/** @type {HTMLElement} */ (this.#timers.children[index]), row));
    this.#timeline.update(this.#sandbox);
  }
}

/**
 * @param {string} title
 * @param {Node} content
 * @param {string} [more]
 */
function card(title, content, more = "") {
  return element(
    "section",
    { class: `card ${more}`, "aria-label": title },
    element("h3", {}, title),
    content,
  );
}

/** @param {HTMLElement} body */
function timerTable(body) {
  const head = ["Timer", "Set to", "Time left"].map((title) => element("th", { scope: "col" }, title));
  return element("table", { class: "timers" }, element("thead", {}, element("tr", {}, ...head)), body);
}

function timerRow() {
  const left = element(
    "td",
    { class: "left" },
    element("span"),
    element("progress", { max: "1", "aria-hidden": "true" }),
  );
  return element("tr", {}, element("th", { scope: "row" }), element("td", { class: "setting" }), left);
}

/**
 * @param {HTMLElement} target
 * @param {ReturnType<typeof allTimers>[number]} timer
 */
function showTimer(target, { name, title, setting, left, of }) {
  const [heading, set, cell] = target.children;
  const bar = /** @type {HTMLProgressElement} */ (cell.children[1]);
  target.dataset.timer = name;
  setText(heading, title);
  setText(set, setting);
  setText(cell.children[0], left === null ? "–" : countdown(left));
  bar.hidden = left === null || of === null;
  if (left !== null && of !== null) bar.value = Math.min(1, left / of);
}

/**
 * @param {Sandbox} sandbox
 * @returns {[string, string][]}
 */
function facts(sandbox) {
  return [
    ["Id", sandbox.id],
    [
      "Resources",
      `${sandbox.cpu} CPU, ${sandbox.memory} GiB memory, ${sandbox.disk} GiB disk${sandbox.gpu ? `, ${sandbox.gpu} GPU` : ""}`,
    ],
    ["Snapshot", sandbox.snapshot ?? "none: built from a Dockerfile"],
    ["User", sandbox.user],
    ["Target", `${sandbox.target}, ${sandbox.sandboxClass}`],
    ["Created", moment(seconds(sandbox.createdAt))],
    ["Last activity", moment(seconds(sandbox.lastActivityAt))],
    ["Network", network(sandbox)],
    ["Previews", sandbox.public ? "public" : "need a token"],
  ];
}

/** @param {Sandbox} sandbox */
function network({ networkBlockAll, networkAllowList }) {
  if (networkBlockAll) return "blocked";
  return networkAllowList ? `only ${networkAllowList}` : "open";
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}
