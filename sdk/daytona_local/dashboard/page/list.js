/** A list of any length, of which only the rows in sight are in the page. */

import { eachFrame, element, setAttribute } from "./dom.js";

const BEYOND = 4;

/**
 * @template {{id: string | number}} Item
 * @typedef {{element: HTMLElement, update(item: Item): void}} Row
 */

/** @template {{id: string | number}} Item */
export class VirtualList {
  #height;
  #make;
  #role;
  /** @type {Row<Item>[]} */
  #rows = [];
  #canvas = element("div", { class: "canvas", role: "presentation" });
  /** @type {Item[]} */
  items = [];

  /**
   * @param {HTMLElement} scroller the element that scrolls; its role fits that of the rows
   * @param {{height: number, role: string, make: () => Row<Item>}} options the height of a row, in pixels
   */
  constructor(scroller, { height, role, make }) {
    this.scroller = scroller;
    this.#height = height;
    this.#role = role;
    this.#make = make;
    /** Draw the rows in sight anew, with the next frame. */
    this.refresh = eachFrame(() => this.#draw());
    scroller.append(this.#canvas);
    scroller.addEventListener("scroll", this.refresh, { passive: true });
    new ResizeObserver(this.refresh).observe(scroller);
  }

  /**
   * Show other items.
   * @param {Item[]} items
   */
  show(items) {
    this.items = items;
    this.#canvas.style.height = `${items.length * this.#height}px`;
    this.refresh();
  }

  /**
   * Bring an item into sight.
   * @param {number} index
   */
  reveal(index) {
    const top = index * this.#height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.#height > scrollTop + clientHeight)
      this.scroller.scrollTop = top + this.#height - clientHeight;
    this.#draw();
  }

  /** Return how many rows fit. */
  get page() {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.#height));
  }

  #draw() {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - BEYOND);
    const end = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / this.#height) + BEYOND);
    while (this.#rows.length < end - first) this.#add();
    const unused = new Set(this.#rows);
    // Each item keeps its row while it is in sight, so that a click isn't lost when others change.
    for (let index = first; index < end; index += 1) {
      const row = this.#rows[index % this.#rows.length];
      unused.delete(row);
      this.#place(row, index);
    }
    for (const { element: unusedRow } of unused) unusedRow.hidden = true;
  }

  /**
   * @param {Row<Item>} row
   * @param {number} index
   */
  #place(row, index) {
    row.element.hidden = false;
    row.element.style.transform = `translateY(${index * this.#height}px)`;
    row.element.dataset.index = String(index);
    setAttribute(row.element, "aria-setsize", this.items.length);
    setAttribute(row.element, "aria-posinset", index + 1);
    row.update(this.items[index]);
  }

  #add() {
    const row = this.#make();
    setAttribute(row.element, "role", this.#role);
    row.element.style.height = `${this.#height}px`;
    this.#rows.push(row);
    this.#canvas.append(row.element);
  }
}
