// @ts-check
// Checks what the QR code of a certificate proves by itself: no server is asked, nothing is sent.
// docs/verification-format.md holds the format. This one module also lives inside the file to download: it imports nothing.

/** @typedef {JsonWebKey & { kid: string }} NamedKey */
/** @typedef {{ number: string, name: string, title: string, date: string, example?: boolean }} Facts */
/** @typedef {{ outcome: string, code: string, facts?: Facts, isRetired?: boolean }} Answer */

/**
 * The one element of this kind that the page must have here.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} kind
 * @returns {E}
 */
const find = (root, selector, kind) => {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`no ${kind.name} is ${selector}`);
  return element;
};

const form = find(document, "[data-offline-proof]", HTMLFormElement);
const answer = find(document, "#proof-result", HTMLElement);
/** @type {{ keys: NamedKey[], present: string[] }} */
const { keys, present } = JSON.parse(find(document, "#proof-keys", HTMLScriptElement).textContent ?? "");

/** @type {(keyof Facts)[]} */
const FACTS = ["number", "name", "title", "date"];
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SHORTEST = 150;
const CODE = /\/verifier\/([0-9A-HJKMNP-TV-Z]{16})\/?(?:#|$)/;

// --- Reading what was pasted

/**
 * The proof stands after « # » in the address of the square; alone, it is three words and two dots.
 * @param {string} text
 */
const proofOf = (text) => {
  const whole = text.replace(/\s+/g, "");
  const place = whole.indexOf("#");
  return {
    proof: place < 0 && !whole.includes("/") ? whole : whole.slice(place < 0 ? whole.length : place + 1),
    isAddress: /^https?:\/\//.test(whole),
    code: whole.match(CODE)?.[1] ?? "",
  };
};

/**
 * Bytes written in base64url in the one right way; an error otherwise.
 * @param {string} text
 */
const bytesOf = (text) => {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Error("not base64url");
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const again = btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (again !== text) throw new Error("not the canonical base64url of these bytes");
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
};

/** @param {string} text */
const jsonOf = (text) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(text)));

/**
 * The same key signs statements too: their headers say more than these two members.
 * @param {Record<string, unknown> | null} header
 * @param {Record<string, unknown> | null} facts
 */
const isProof = (header, facts) =>
  header?.alg === "ES256" && Object.keys(header).length === 2 && typeof header.kid === "string" && FACTS.every((name) => typeof facts?.[name] === "string");

// --- Checking

/**
 * @param {NamedKey} key
 * @param {string} words
 * @param {BufferSource} signature
 */
const isSigned = async (key, words, signature) => {
  const known = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x, y: key.y }, CURVE, false, ["verify"]);
  const signed = new TextEncoder().encode(words);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, signature, signed);
};

/**
 * @param {string} text
 * @returns {Promise<Answer>}
 */
const check = async (text) => {
  const { proof, isAddress, code } = proofOf(text);
  if (!proof) return { outcome: isAddress ? "bare" : "unreadable", code };
  const parts = proof.split(".");
  let header, facts, signature;
  try {
    [header, facts] = [jsonOf(parts[0]), jsonOf(parts[1])];
    signature = bytesOf(parts[2] ?? "");
  } catch {
    // Three long words may have been ours before somebody changed a letter; anything else is not the text of a square.
    return { outcome: parts.length === 3 && proof.length > SHORTEST ? "altered" : "unreadable", code };
  }
  if (parts.length !== 3 || !isProof(header, facts)) return { outcome: "unreadable", code };
  const key = keys.find(({ kid }) => kid === header.kid);
  if (!key) return { outcome: "unknown", code };
  if (!window.crypto?.subtle) return { outcome: "old-browser", code };
  if (!(await isSigned(key, `${parts[0]}.${parts[1]}`, signature))) return { outcome: "altered", code };
  return { outcome: facts.example === true ? "example" : "genuine", code, facts, isRetired: !present.includes(key.kid) };
};

// --- Saying it

/** @param {string} day */
const inWords = (day) => {
  const date = new Date(`${day}T12:00:00`);
  return Number.isNaN(date.getTime()) ? day : date.toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
};

/**
 * The register keeps plain spaces; a line must not break inside « ».
 * @param {string} text
 */
const setAsFrench = (text) => text.replaceAll("« ", "«\u00a0").replaceAll(" »", "\u00a0»");

/** @param {Answer} answer */
const show = ({ outcome, code, facts, isRetired }) => {
  const words = /** @type {DocumentFragment} */ (find(document, `template[data-outcome="${outcome}"]`, HTMLTemplateElement).content.cloneNode(true));
  FACTS.forEach((name) => words.querySelectorAll(`[data-fact="${name}"]`).forEach((place) => {
    const fact = String(facts?.[name] ?? "");
    place.textContent = name === "date" ? inWords(fact) : setAsFrench(fact);
  }));
  words.querySelectorAll("[data-retired]").forEach((place) => place.toggleAttribute("hidden", !isRetired));
  words.querySelectorAll("a[data-online]").forEach((link) => {
    link.setAttribute("href", (form.dataset.online ?? "") + (code ? `${code}/` : ""));
  });
  answer.replaceChildren(words);
  answer.scrollIntoView({ block: "nearest" });
};

/** @param {string} text */
const answerTo = async (text) => show(await check(text));

// --- The ways in: the field, the address of this page, a photo

const field = find(form, "textarea", HTMLTextAreaElement);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  answerTo(field.value);
});

const readAddress = () => {
  if (window.location.hash.split(".").length !== 3) return;
  field.value = window.location.hash.slice(1);
  answerTo(field.value);
};

/** @param {HTMLElement} place */
const watchPhoto = (place) => {
  const word = find(place, "[data-photo-word]", HTMLElement);
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const photo = find(place, "input", HTMLInputElement);
  photo.addEventListener("change", async () => {
    const file = photo.files?.[0];
    const image = file && await createImageBitmap(file).catch(() => null);
    const [square] = image ? await detector.detect(image).catch(() => []) : [];
    word.textContent = square ? "Carré lu." : "Aucun carré lisible sur cette photo. Prenez-le de plus près, bien éclairé.";
    if (!square) return;
    field.value = square.rawValue;
    answerTo(field.value);
  });
  place.hidden = false;
};

const offerPhoto = async () => {
  if (!("BarcodeDetector" in window)) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => /** @type {string[]} */ ([]));
  if (formats.includes("qr_code")) watchPhoto(find(form, "[data-photo]", HTMLElement));
};

find(document, "[data-needs-script]", HTMLElement).hidden = true;
form.hidden = false;
window.addEventListener("hashchange", readAddress);
readAddress();
offerPhoto();
