/** What the page knows of the server: its sandboxes, its requests, its time. */

/**
 * @typedef {{name: string, at: number}} Timer
 * @typedef {{state: string, at: number}} Change
 * @typedef {{
 *   id: string, name: string, state: string, labels: Record<string, string>, errorReason?: string | null,
 *   cpu: number, memory: number, disk: number, gpu: number, snapshot?: string | null, target: string, user: string,
 *   public: boolean, networkBlockAll: boolean, networkAllowList?: string | null, sandboxClass: string,
 *   createdAt: string, lastActivityAt: string, autoDestroyAt?: string | null,
 *   autoStopInterval: number, autoPauseInterval: number, autoArchiveInterval: number, autoDeleteInterval: number,
 *   timers: Timer[], history: Change[]
 * }} Sandbox
 * @typedef {{at: number, method: string, path: string, status: number, seconds: number, source: string}} Entry
 * @typedef {{version: string, runtime: string, limits: Record<string, string>, url: string, ssh_port: number}} Server
 */

const MOST_REQUESTS = 5000;

export class Model extends EventTarget {
  /** @type {Map<string, Sandbox>} */
  sandboxes = new Map();
  /** The requests, the oldest first. @type {(Entry & {id: number})[]} */
  requests = [];
  /** @type {Server | null} */
  server = null;
  /** How far the server's clock is ahead of this one's, in seconds. */
  #ahead = 0;
  #count = 0;

  /** Return the server's time, in seconds since 1970. */
  now() {
    return Date.now() / 1000 + this.#ahead;
  }

  /**
   * Take note of what the server says. Events: "sandboxes", "requests", and "state" whose detail is the sandbox
   * that has another one.
   * @param {any} message
   */
  take(message) {
    if (message.now) this.#ahead = message.now - Date.now() / 1000;
    if (message.type === "hello") this.#begin(message);
    if (message.type === "sandbox") this.#change(message.sandbox);
    if (message.type === "gone") this.#forget(message.id);
    if (message.type === "request") this.#note([message.request]);
  }

  /** @param {{server: Server, sandboxes: Sandbox[], requests: Entry[]}} message */
  #begin({ server, sandboxes, requests }) {
    this.server = server;
    this.sandboxes = new Map(sandboxes.map((sandbox) => [sandbox.id, sandbox]));
    this.requests = [];
    this.#note(requests);
    this.#tell("sandboxes");
  }

  /** @param {Sandbox} sandbox */
  #change(sandbox) {
    const before = this.sandboxes.get(sandbox.id)?.state;
    this.sandboxes.set(sandbox.id, sandbox);
    this.#tell("sandboxes");
    if (before !== sandbox.state) this.#tell("state", sandbox);
  }

  /** @param {string} id */
  #forget(id) {
    const sandbox = this.sandboxes.get(id);
    if (!sandbox) return;
    this.sandboxes.delete(id);
    this.#tell("sandboxes");
    this.#tell("state", { ...sandbox, state: "gone" });
  }

  /** @param {Entry[]} entries the oldest first */
  #note(entries) {
    for (const entry of entries) this.requests.push({ ...entry, id: (this.#count += 1) });
    if (this.requests.length > 2 * MOST_REQUESTS)
      this.requests.splice(0, this.requests.length - MOST_REQUESTS);
    this.#tell("requests");
  }

  /**
   * @param {string} name
   * @param {any} [detail]
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
