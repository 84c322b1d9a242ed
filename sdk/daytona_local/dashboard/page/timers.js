/** What a sandbox's intervals say, and the time left on each. */

import { countdown, interval, seconds } from "./format.js";

/** @typedef {import("./model.js").Sandbox} Sandbox */

const HAPPENS = {
  "auto-stop": "stops",
  "auto-pause": "pauses",
  "auto-archive": "archives",
  "auto-delete": "deletes",
  ttl: "expires",
};
const TICK_MS = 1000;

/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Call something each second while the page can be seen, and when it can be seen again.
 * @param {() => void} listener
 */
export function eachSecond(listener) {
  if (!listeners.size) {
    setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
  }
  listeners.add(listener);
}

/**
 * Write what happens next to a sandbox, and when: "stops in 14:05"; empty where no timer runs.
 * @param {Sandbox} sandbox
 * @param {number} now the server's time
 */
export function nextTimer(sandbox, now) {
  const next = soonest(sandbox);
  if (!next) return "";
  const happens = HAPPENS[/** @type {keyof typeof HAPPENS} */ (next.name)] ?? next.name;
  return `${happens} in ${countdown(next.at - now)}`;
}

/**
 * Return the timer that runs out first.
 * @param {Sandbox} sandbox
 */
export function soonest(sandbox) {
  return sandbox.timers.reduce(
    (first, timer) => (first && first.at <= timer.at ? first : timer),
    /** @type {import("./model.js").Timer | null} */ (null),
  );
}

/**
 * Return all intervals with what each is set to, and the time left where it runs.
 * @param {Sandbox} sandbox
 * @param {number} now the server's time
 * @returns {{name: string, title: string, setting: string, left: number | null, of: number | null}[]} in seconds
 */
export function allTimers(sandbox, now) {
  const { autoStopInterval, autoPauseInterval, autoArchiveInterval, autoDeleteInterval, autoDestroyAt } =
    sandbox;
  const life = autoDestroyAt ? seconds(autoDestroyAt) - seconds(sandbox.createdAt) : null;
  return [
    row("auto-stop", "Auto-stop", autoStopInterval, "without activity"),
    row("auto-pause", "Auto-pause", autoPauseInterval, "without activity"),
    row("auto-archive", "Auto-archive", autoArchiveInterval, "stopped"),
    autoDeleteInterval === 0
      ? { ...row("auto-delete", "Auto-delete", 0, ""), setting: "as soon as it stops" }
      : row("auto-delete", "Auto-delete", autoDeleteInterval, "stopped"),
    {
      ...row("ttl", "Time to live", 0, ""),
      setting: life ? `${interval(Math.round(life / 60))} in all` : "off",
      of: life,
    },
  ];

  /**
   * @param {string} name
   * @param {string} title
   * @param {number} minutes
   * @param {string} condition
   */
  function row(name, title, minutes, condition) {
    const at = sandbox.timers.find((timer) => timer.name === name)?.at;
    const setting = minutes > 0 ? `${interval(minutes)} ${condition}` : "off";
    return {
      name,
      title,
      setting,
      left: at === undefined ? null : Math.max(0, at - now),
      of: minutes * 60 || null,
    };
  }
}

function tick() {
  if (document.hidden) return;
  for (const listener of listeners) listener();
}
