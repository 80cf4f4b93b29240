// @ts-check
// Two spellings of the same words, made equal, to search among them; the rule of core/text_folding.py.

/** @type {Record<string, string>} */
const LIGATURES = {
  æ: "ae", œ: "oe", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ŋ: "n", ı: "i", ĸ: "k", ς: "σ",
};
const LIGATURE = new RegExp(`[${Object.keys(LIGATURES).join("")}]`, "gu");
const ACCENT_OR_INVISIBLE = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]|\p{Cf}/gu;
const NO_LETTER = /[^\p{L}\p{M}\p{N}]|[\u02b0-\u02ff\ua788-\ua78c]/gu;

/**
 * The words of a text in small letters without accents, one space between them: « L’Œuvre — Été » → « l oeuvre ete ».
 * @param {string} text
 */
export const folded = (text) =>
  text.normalize("NFKD").toLowerCase().normalize("NFKD")
    .replace(LIGATURE, (letter) => LIGATURES[letter])
    .replace(ACCENT_OR_INVISIBLE, "")
    .replace(NO_LETTER, " ")
    .split(" ").filter(Boolean).join(" ")
    .normalize("NFC");
