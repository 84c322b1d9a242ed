/** The states of a sandbox: how each is shown, and what can be done in it. */

import { element, setText } from "./dom.js";

const KINDS = {
  started: "good",
  stopped: "quiet",
  archived: "stored",
  paused: "paused",
  error: "bad",
  build_failed: "bad",
  destroyed: "quiet",
  gone: "quiet",
};

/**
 * Return the kind of a state, by which it is coloured; what isn't settled is under way.
 * @param {string} state
 * @returns {string}
 */
export function kind(state) {
  return KINDS[/** @type {keyof typeof KINDS} */ (state)] ?? "moving";
}

/**
 * Return a state in words.
 * @param {string} state
 */
export function words(state) {
  return state.replaceAll("_", " ");
}

/** Return a badge, which is given its state by `showState`. */
export function badge() {
  return element("span", { class: "badge" });
}

/**
 * Show a state in a badge: as text, and by a colour.
 * @param {HTMLElement} target
 * @param {string} state
 */
export function showState(target, state) {
  setText(target, words(state));
  target.dataset.kind = kind(state);
}

/**
 * Tell whether an action can be asked for in a state.
 * @param {string} action
 * @param {string} state
 */
export function allows(action, state) {
  if (action === "start") return state === "stopped" || state === "archived" || state === "paused";
  if (action === "stop") return state === "started";
  if (action === "archive") return state === "stopped";
  return state !== "destroying";
}
