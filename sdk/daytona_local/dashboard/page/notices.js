/** Tell the reader: what failed in a notice, what changed by a voice that only screen readers hear. */

import { button, byId, element, setText } from "./dom.js";
import { words } from "./states.js";

const SHOWN_MS = 10_000;
const GATHERED_MS = 800;
const MOST_NAMED = 3;

/** @type {Map<string, string>} */
const changes = new Map();

/**
 * Show in one line what failed; it goes by itself, or when it is dismissed.
 * @param {string} doing
 * @param {unknown} error
 */
export function complain(doing, error) {
  const reason = error instanceof Error ? error.message : String(error);
  const notice = element("div", { class: "notice" }, element("span", {}, `${doing}: ${reason}`));
  notice.append(button("Dismiss", () => notice.remove(), { class: "quiet" }));
  byId("notices").append(notice);
  setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Dismiss all notices, and tell whether there were any. */
export function dismissNotices() {
  const shown = byId("notices");
  const any = shown.childElementCount > 0;
  shown.replaceChildren();
  return any;
}

/**
 * Say that a sandbox has another state; many at once are counted, not read out.
 * @param {{name: string, state: string}} sandbox
 */
export function announceState({ name, state }) {
  if (!changes.size) setTimeout(speak, GATHERED_MS);
  changes.set(name, state);
}

/**
 * Say something.
 * @param {string} text
 */
export function announce(text) {
  setText(byId("announcer"), text);
}

function speak() {
  const told = [...changes].map(([name, state]) => `${name} is ${words(state)}`);
  announce(told.length > MOST_NAMED ? `${told.length} sandboxes have changed` : told.join(", "));
  changes.clear();
}
