/** Questions and explanations that stand before the page until they are answered. */

import { button, element } from "./dom.js";

const KEYS = [
  ["/", "Go to the filter"],
  ["↑ ↓ Home End", "Choose a sandbox, in the list"],
  ["Enter", "Open it: go to its details"],
  ["← →", "Choose a tab, in the tabs"],
  ["Esc", "Close; back to the list; empty the filter"],
  ["Ctrl+Shift+L", "Leave the terminal"],
  ["?", "Show this"],
];

/**
 * Ask before something that can't be undone.
 * @param {string} question
 * @param {string} consequence
 * @param {string} yes what the button says
 * @returns {Promise<boolean>}
 */
export function ask(question, consequence, yes) {
  return new Promise((resolve) => {
    const dialog = open(question, [
      element("p", {}, consequence),
      element(
        "div",
        { class: "buttons" },
        button("Cancel", () => dialog.close(), { autofocus: true }),
        button(yes, () => dialog.close("yes"), { class: "danger" }),
      ),
    ]);
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
  });
}

/** Show the keys. */
export function showKeys() {
  const rows = KEYS.flatMap(([keys, what]) => [
    element("dt", {}, element("kbd", {}, keys)),
    element("dd", {}, what),
  ]);
  const dialog = open("Keyboard", [
    element("dl", { class: "keys" }, ...rows),
    element(
      "div",
      { class: "buttons" },
      button("Close", () => dialog.close(), { autofocus: true }),
    ),
  ]);
}

/**
 * @param {string} title
 * @param {Node[]} content
 */
function open(title, content) {
  const heading = element("h2", { id: "dialog-title" }, title);
  const made = element("dialog", { "aria-labelledby": "dialog-title" }, heading, ...content);
  const dialog = /** @type {HTMLDialogElement} */ (made);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
