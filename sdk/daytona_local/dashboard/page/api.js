/** Requests with the key. Nothing is changed while changes aren't allowed: this is the one place that knows. */

/** Say in one line why a request failed. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 where no answer came
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export class Api {
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
    /** Whether requests that change something are sent. */
    this.writable = false;
  }

  /**
   * Ask for something.
   * @param {string} path
   * @param {AbortSignal} [signal]
   * @returns {Promise<Response>}
   */
  async get(path, signal) {
    return this.#request(path, { signal });
  }

  /**
   * Ask for JSON.
   * @param {string} path
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async json(path, signal) {
    return (await this.get(path, signal)).json();
  }

  /**
   * Change something.
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<Response>}
   */
  async send(method, path, body) {
    if (!this.writable) throw new ApiError("changes are not allowed; turn on “Allow changes”", 0);
    const headers = body && { "Content-Type": "application/json" };
    // keepalive: a terminal is also closed when the page itself is.
    return this.#request(path, { method, headers, body: body && JSON.stringify(body), keepalive: true });
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async #request(path, options) {
    const headers = {
      ...options.headers,
      Authorization: `Bearer ${this.#key}`,
      "X-Daytona-Source": "dashboard",
    };
    let answer;
    try {
      answer = await fetch(path, { ...options, headers, cache: "no-store" });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiError("the server does not answer", 0);
    }
    if (!answer.ok) throw new ApiError(await reason(answer), answer.status);
    return answer;
  }
}

/**
 * Return the path of a sandbox in the API.
 * @param {string} id
 * @param {string} [rest]
 */
export function sandboxPath(id, rest = "") {
  return `/api/sandbox/${encodeURIComponent(id)}${rest}`;
}

/**
 * Return a path in the toolbox of a sandbox.
 * @param {string} id
 * @param {string} rest
 */
export function toolboxPath(id, rest) {
  return `/toolbox/${encodeURIComponent(id)}${rest}`;
}

/**
 * Return a path of what the server only looks at: it doesn't count as use of the sandbox.
 * @param {string} id
 * @param {string} rest
 */
export function watchPath(id, rest) {
  return `/dashboard/api/sandbox/${encodeURIComponent(id)}${rest}`;
}

/** @param {Response} answer */
async function reason(answer) {
  const text = await answer.text();
  try {
    const { message } = JSON.parse(text);
    return Array.isArray(message) ? message.join("; ") : String(message);
  } catch {
    return text.slice(0, 200) || `status ${answer.status}`;
  }
}
