// @ts-check
// What is kept is written the same way on the phone and on the server, so that both sides hash the same text.

// deno-lint-ignore no-control-regex -- taking them away is what it is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** @param {string} text */
const cleanText = (text) =>
  text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(LONE_SURROGATE, "").trim();

/**
 * @param {unknown} value
 * @returns {unknown}
 */
const cleanedValue = (value) => {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanedValue);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanedValue(inner)]));
  }
  return value;
};

/**
 * A copy of an entry with every text trimmed and without signs that no database keeps.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export const cleaned = (value) => /** @type {T} */ (cleanedValue(value));

/**
 * SHA-256 of a text, in hexadecimal.
 * @param {string} text
 */
export const sha256 = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
