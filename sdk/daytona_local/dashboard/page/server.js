/** What the server says of itself. */

import { element } from "./dom.js";

/**
 * Return a card about the server; none as long as it hasn't spoken.
 * @param {import("./model.js").Server | null} server
 * @returns {HTMLElement[]}
 */
export function serverCard(server) {
  if (!server) return [];
  const facts = [
    ["Version", server.version],
    ["API", `${server.url}/api`],
    ["SSH port", String(server.ssh_port)],
    ["Runtime", server.runtime],
    ...Object.entries(server.limits),
  ];
  const rows = facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value)),
  );
  const list = element("dl", { class: "facts" }, ...rows);
  return [
    element(
      "section",
      { class: "card", "aria-label": "This server" },
      element("h3", {}, "This server"),
      list,
    ),
  ];
}
