/** Write times, durations and sizes for people. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/**
 * Write how long something takes, to the second below an hour: "14:05", "3 h 20 min", "6 d 4 h".
 * @param {number} seconds
 * @returns {string}
 */
export function countdown(seconds) {
  const left = Math.max(0, Math.round(seconds));
  if (left >= DAY) return pair(left, DAY, "d", HOUR, "h");
  if (left >= HOUR) return pair(left, HOUR, "h", MINUTE, "min");
  return `${Math.floor(left / MINUTE)}:${String(left % MINUTE).padStart(2, "0")}`;
}

/**
 * Write how long something took: "80 ms", "12 s", "3 min", "2 h 5 min".
 * @param {number} seconds
 * @returns {string}
 */
export function span(seconds) {
  if (seconds < 1) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < HOUR) return pair(seconds, MINUTE, "min", 1, "s");
  return seconds < DAY ? pair(seconds, HOUR, "h", MINUTE, "min") : pair(seconds, DAY, "d", HOUR, "h");
}

/**
 * Write an interval of whole minutes.
 * @param {number} minutes
 * @returns {string}
 */
export function interval(minutes) {
  return minutes < 60 ? `${minutes} min` : span(minutes * MINUTE);
}

/**
 * Write a size in bytes.
 * @param {number} bytes
 * @returns {string}
 */
export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(value < 100 ? 1 : 0))} ${UNITS[unit]}`;
}

/**
 * Write a time of day, with the day when that isn't today.
 * @param {number} at seconds since 1970
 * @returns {string}
 */
export function moment(at) {
  const date = new Date(at * 1000);
  const time = date.toLocaleTimeString("en-GB");
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${time}`;
}

/**
 * Read a time as the API writes it.
 * @param {string} text
 * @returns {number} seconds since 1970
 */
export function seconds(text) {
  return Date.parse(text) / 1000;
}

/**
 * @param {number} all
 * @param {number} large
 * @param {string} largeName
 * @param {number} small
 * @param {string} smallName
 */
function pair(all, large, largeName, small, smallName) {
  const rest = Math.floor((all % large) / small);
  return `${Math.floor(all / large)} ${largeName}${rest ? ` ${rest} ${smallName}` : ""}`;
}
