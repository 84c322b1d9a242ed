/** The files of a sandbox: folders, text to read, anything to download. Looking counts as use of the sandbox. */

import { Api, toolboxPath } from "./api.js";
import { button, element, setText } from "./dom.js";
import { size } from "./format.js";
import { complain } from "./notices.js";

/**
 * @typedef {import("./model.js").Sandbox} Sandbox
 * @typedef {{name: string, isDir: boolean, size: number, modTime: string, permissions: string}} Info
 */

const LARGEST_PREVIEW = 512 * 1024;
const HEADS = ["Name", "Size", "Changed", "Mode", ""];

export class FilesPanel {
  element = element("div", { id: "files", class: "panel files" });
  #api;
  #id = "";
  /** @type {Map<string, string>} the folder that was last looked at, by sandbox */
  #folders = new Map();
  #path = element("nav", { class: "crumbs", "aria-label": "Folder" });
  #note = element("p", { class: "hint", role: "status" });
  #body = element("tbody");
  #table;
  #preview = element("section", { class: "preview", "aria-label": "Preview", hidden: true });
  #started = false;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    const heads = HEADS.map((head) => element("th", { scope: "col" }, head));
    this.#table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), this.#body);
    this.#preview.addEventListener("keydown", (event) => this.#press(event));
    this.element.append(
      this.#path,
      this.#note,
      element("div", { class: "split" }, this.#table, this.#preview),
    );
  }

  /** @param {Sandbox} sandbox */
  show(sandbox) {
    this.#id = sandbox.id;
    this.#started = sandbox.state === "started";
    this.#preview.hidden = true;
    if (this.#started) void this.#open(this.#folders.get(this.#id) ?? "");
    else this.#empty("The sandbox must be started.");
  }

  /** @param {Sandbox} sandbox */
  update(sandbox) {
    if ((sandbox.state === "started") !== this.#started) this.show(sandbox);
  }

  hide() {
    this.#id = "";
  }

  /** @param {string} folder empty for the working directory */
  async #open(folder) {
    const id = this.#id;
    try {
      const path = folder || (await this.#api.json(toolboxPath(id, "/work-dir"))).dir;
      const files = await this.#api.json(toolboxPath(id, `/files?${new URLSearchParams({ path })}`));
      if (id === this.#id) this.#list(path, files);
    } catch (error) {
      if (id === this.#id) this.#empty(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} reason */
  #empty(reason) {
    this.#table.hidden = true;
    this.#path.replaceChildren();
    setText(this.#note, reason);
  }

  /**
   * @param {string} folder
   * @param {Info[]} files
   */
  #list(folder, files) {
    this.#folders.set(this.#id, folder);
    this.#table.hidden = files.length === 0;
    this.#path.replaceChildren(...this.#crumbs(folder));
    setText(this.#note, files.length ? "" : "The folder is empty.");
    files.sort((a, b) => Number(b.isDir) - Number(a.isDir) || a.name.localeCompare(b.name));
    this.#body.replaceChildren(...files.map((file) => this.#row(folder, file)));
  }

  /** @param {string} folder */
  #crumbs(folder) {
    const names = folder.split("/").filter(Boolean);
    const parts = names.map((name, index) => [name, `/${names.slice(0, index + 1).join("/")}`]);
    return [["/", "/"], ...parts].map(([name, path], index) =>
      button(name, () => this.#open(path), { "aria-current": index === parts.length ? "location" : null }),
    );
  }

  /**
   * @param {string} folder
   * @param {Info} file
   */
  #row(folder, file) {
    const path = `${folder.replace(/\/$/, "")}/${file.name}`;
    const open = button(file.name, () => (file.isDir ? this.#open(path) : this.#read(path, file)), {
      class: file.isDir ? "folder" : "file",
    });
    const download = file.isDir
      ? null
      : button("Download", () => this.#download(path, file), {
          "aria-label": `Download ${file.name}`,
          class: "quiet",
        });
    return element(
      "tr",
      {},
      element("td", { class: "name" }, open),
      element("td", { class: "number" }, file.isDir ? "" : size(file.size)),
      element("td", { class: "changed" }, file.modTime.slice(0, 16).replace("T", " ")),
      element("td", { class: "mode" }, file.permissions),
      element("td", {}, download),
    );
  }

  /**
   * @param {string} path
   * @param {Info} file
   */
  async #read(path, file) {
    if (file.size > LARGEST_PREVIEW)
      return this.#show(file, `It has ${size(file.size)}: too much to show; download it.`, false);
    try {
      const bytes = await (await this.#fetch(path)).arrayBuffer();
      const text = decoded(bytes);
      return this.#show(file, text ?? "It is no text; download it.", text !== null);
    } catch (error) {
      return complain(`read ${path}`, error);
    }
  }

  /**
   * @param {Info} file
   * @param {string} content
   * @param {boolean} isText
   */
  #show(file, content, isText) {
    const close = button("Close", () => (this.#preview.hidden = true), { class: "quiet" });
    const head = element(
      "header",
      {},
      element("h3", {}, file.name),
      element("span", { class: "hint" }, size(file.size)),
      close,
    );
    const shown = isText
      ? element("pre", { class: "text", tabindex: "0" }, content)
      : element("p", { class: "hint" }, content);
    this.#preview.replaceChildren(head, shown);
    this.#preview.hidden = false;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#preview.hidden = true;
  }

  /**
   * @param {string} path
   * @param {Info} file
   */
  async #download(path, file) {
    try {
      const address = URL.createObjectURL(await (await this.#fetch(path)).blob());
      element("a", { href: address, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      complain(`download ${path}`, error);
    }
  }

  /** @param {string} path */
  #fetch(path) {
    return this.#api.get(toolboxPath(this.#id, `/files/download?${new URLSearchParams({ path })}`));
  }
}

/**
 * Return text, or null where the bytes are none.
 * @param {ArrayBuffer} bytes
 */
function decoded(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
