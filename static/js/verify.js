// @ts-check
// Three courtesies of the verification: drop a file, aim at the square, print. The fields do the same without them.

import { find, findAll } from "./core/dom.js";

const MOST_BYTES = 5 * 1024 * 1024;
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

// --- A file dropped on the zone, or chosen, goes at once.

const [zone] = findAll(document, "[data-drop]", HTMLFormElement);

/** @param {HTMLFormElement} form */
const watchFile = (form) => {
  const field = find(form, "input[type=file]", HTMLInputElement);
  const word = find(form, "[data-drop-word]", HTMLElement);

  const send = () => {
    const file = field.files?.[0];
    if (!file) return;
    word.hidden = file.size <= MOST_BYTES;
    if (file.size > MOST_BYTES) {
      word.textContent = "Ce fichier pèse plus de 5\u00a0Mo\u00a0: aucun de nos certificats n’est si lourd.";
      return;
    }
    form.requestSubmit();
  };

  find(form, "[data-drop-hint]", HTMLElement).hidden = false;
  field.addEventListener("change", send);
  ["dragenter", "dragover"].forEach((name) => form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  }));
  form.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    field.files = files;
    send();
  });
};

if (zone) watchFile(zone);

// --- The camera, where the browser can read a QR code by itself.

/**
 * The code that a square holds when it leads to this very site; a forged one may lead to a site that looks like it.
 * @param {string} text
 */
const codeOf = (text) => {
  if (CODE.test(text)) return text;
  try {
    const address = new URL(text);
    const [, code] = address.pathname.match(/^\/verifier\/([^/]+)\/?$/) ?? [];
    return address.host === window.location.host && CODE.test(code) ? code : null;
  } catch {
    return null;
  }
};

/** @param {HTMLElement} place */
const watchCamera = (place) => {
  const button = find(place, "[data-camera-start]", HTMLElement);
  const word = find(place, "[data-camera-word]", HTMLElement);
  /** @type {HTMLVideoElement | null} */
  let video = null;

  const stop = () => {
    if (video?.srcObject instanceof MediaStream) video.srcObject.getTracks().forEach((track) => track.stop());
    video?.remove();
    video = null;
  };

  /** @param {BarcodeDetector} detector */
  const look = async (detector) => {
    if (!video) return;
    const [square] = await detector.detect(video).catch(() => []);
    const code = square && codeOf(square.rawValue);
    if (code) {
      stop();
      window.location.assign(`/verifier/${code}/`);
      return;
    }
    if (square) word.textContent = "Ce carré ne mène pas à ce site. Est-ce bien un certificat\u00a0? Tapez son code.";
    setTimeout(() => look(detector), 200);
  };

  button.addEventListener("click", async () => {
    if (video) return stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video = document.createElement("video");
      Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
      video.setAttribute("aria-label", "Ce que voit l’appareil photo");
      place.append(video);
      await video.play();
      word.textContent = "Montrez le carré du certificat à l’appareil photo.";
      look(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      stop();
      word.textContent = "L’appareil photo ne répond pas, ou vous l’avez refusé. Tapez le code.";
    }
  });
  window.addEventListener("pagehide", stop);
  place.hidden = false;
};

const offerCamera = async () => {
  const [place] = findAll(document, "[data-camera]", HTMLElement);
  if (!place || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => /** @type {string[]} */ ([]));
  if (formats.includes("qr_code")) watchCamera(place);
};

offerCamera();

// --- The sheet of paper.

findAll(document, "[data-print]", HTMLElement).forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
