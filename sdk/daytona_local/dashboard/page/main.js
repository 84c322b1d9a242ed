/** The dashboard: put the parts together. */

import { Api } from "./api.js";
import { ConnectionView } from "./connection.js";
import { Details } from "./details.js";
import { showKeys } from "./dialogs.js";
import { byId, eachFrame, setAttribute } from "./dom.js";
import { Journal } from "./journal.js";
import { askForKey, forgetKey, takeKey } from "./key.js";
import { Model } from "./model.js";
import { announce, announceState, dismissNotices } from "./notices.js";
import { SandboxList } from "./sandboxes.js";
import { Stream } from "./stream.js";
import { Tabs } from "./tabs.js";

const TYPING = "input, select, textarea, dialog, .xterm-host";

/** Open the dashboard with the key that there is, or ask for one. */
function begin() {
  const key = takeKey();
  if (key) open(key);
  else askForKey("", open);
  // A tab has one key: with another one, and without one, the page begins anew.
  addEventListener("hashchange", () => location.reload());
}

/** @param {string} key */
function open(key) {
  const api = new Api(key);
  const model = new Model();
  const connection = new ConnectionView(() => stream.retry());
  const stream = new Stream(
    api,
    (message) => model.take(message),
    (now) => (now.phase === "refused" ? refused(now.reason) : connection.show(now)),
  );
  byId("app").hidden = false;
  show(model, api);
  byId("leave").onclick = restart;
  void stream.follow();
}

function restart() {
  forgetKey();
  location.reload();
}

/** @param {string} reason */
function refused(reason) {
  forgetKey();
  askForKey(reason, () => location.reload());
}

/**
 * Show a model, and what the reader does with it.
 * @param {Model} model
 * @param {Api} api
 */
function show(model, api) {
  const journal = new Journal(byId("requests-view"), model);
  const details = new Details(byId("details-pane"), model, api, { back, requests });
  const list = new SandboxList(byId("list-pane"), model, { choose: (id) => details.choose(id), open: enter });
  const views = new Tabs(
    byId("views"),
    "Views",
    [
      { id: "sandboxes", title: "Sandboxes", panel: byId("sandboxes-view") },
      { id: "requests", title: "Requests", panel: byId("requests-view") },
    ],
    turn,
  );
  views.show("sandboxes");

  model.addEventListener(
    "sandboxes",
    eachFrame(() => {
      list.update();
      if (views.current === "sandboxes") details.update();
    }),
  );
  model.addEventListener(
    "requests",
    eachFrame(() => {
      if (views.current === "requests") journal.update();
    }),
  );
  model.addEventListener("state", (event) => announceState(/** @type {CustomEvent} */ (event).detail));
  byId("keys").onclick = showKeys;
  byId("writable").onclick = () => permit(api, details);
  document.addEventListener("keydown", press);

  /** @param {string} view */
  function turn(view) {
    if (view === "requests") journal.update();
    if (view === "sandboxes") details.update();
    else details.hide();
  }

  /** @param {boolean} goThere */
  function enter(goThere) {
    document.body.dataset.open = "";
    const isAlone = !byId("list-pane").offsetParent;
    if (goThere || isAlone) details.focus();
  }

  function back() {
    delete document.body.dataset.open;
    list.focus();
  }

  /** @param {string} id */
  function requests(id) {
    views.show("requests");
    journal.filter(id);
    journal.focusFilter();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Escape" && !target.closest("dialog, .xterm-host") && !dismissNotices()) back();
    if (target.closest(TYPING) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") showKeys();
    if (event.key !== "/") return;
    event.preventDefault();
    if (views.current === "requests") return journal.focusFilter();
    delete document.body.dataset.open;
    list.focusFilter();
  }
}

/**
 * Turn the switch: changes are allowed, or no longer.
 * @param {Api} api
 * @param {Details} details
 */
function permit(api, details) {
  details.permit(!api.writable);
  setAttribute(byId("writable"), "aria-checked", api.writable);
  announce(api.writable ? "Changes are allowed" : "Changes are not allowed");
}

begin();
