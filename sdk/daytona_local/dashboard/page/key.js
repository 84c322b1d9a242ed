/** The API key: it comes in the fragment, which never leaves the browser, or is asked for. */

import { byId, setText } from "./dom.js";

const NAME = "daytona-api-key";

/**
 * Return the key of this tab, from the address or from before; the address no longer shows it afterwards.
 * @returns {string} empty where there is none
 */
export function takeKey() {
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) {
    sessionStorage.setItem(NAME, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(NAME) ?? "";
}

/** Forget the key. */
export function forgetKey() {
  sessionStorage.removeItem(NAME);
}

/**
 * Ask for a key.
 * @param {string} reason why, for the reader
 * @param {(key: string) => void} enter gets the key
 */
export function askForKey(reason, enter) {
  const form = /** @type {HTMLFormElement} */ (byId("door"));
  const field = /** @type {HTMLInputElement} */ (byId("door-key"));
  setText(byId("door-reason"), reason);
  byId("app").hidden = true;
  form.hidden = false;
  field.value = "";
  field.focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    const key = field.value.trim();
    if (!key) return;
    sessionStorage.setItem(NAME, key);
    form.hidden = true;
    enter(key);
  };
}
