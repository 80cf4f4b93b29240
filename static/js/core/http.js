// @ts-check
// One exchange in JSON with the site. The notebook of a phone and the grids of a juror both use this.

/** No answer of the site came: no network, too slow, or something in between that is not the site. */
export class NoAnswer extends Error {}

/**
 * The answer to one request: its status, and its JSON or null. `patience` is in milliseconds. Never goes where a redirection
 * leads, as a login page or the portal of a network is no answer. Throws NoAnswer, nothing else.
 * @template T
 * @param {string} url
 * @param {RequestInit} options
 * @param {number} patience
 * @returns {Promise<{ status: number, data: T | null }>}
 */
export const exchange = async (url, options, patience) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(url, { redirect: "error", cache: "no-store", credentials: "same-origin", signal: stop.signal, ...options });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return { status: response.status, data: isJson ? await response.json() : null };
  } catch (error) {
    throw new NoAnswer("no answer", { cause: error });
  } finally {
    clearTimeout(timer);
  }
};

/**
 * The code of a refusal of the site, as core/views/json_actions.py gives it: login, owner, csrf, role, rule… Empty when nothing
 * says so: an answer without one, or that is not of the site.
 * @param {{ status: number, data: { error?: string } | null }} answer
 */
export const refusalWord = ({ status, data }) => (status === 401 ? "login" : data?.error ?? "");

/**
 * What makes a request a POST of `body` in JSON, under the token against forged requests.
 * @param {unknown} body
 * @param {string} token
 */
export const jsonPost = (body, token) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  body: JSON.stringify(body),
});
