// @ts-check
// « Lire à voix haute »: the button appears where the browser has a voice, reads the visible text of its target, and stops on demand.

import { findAll } from "./core/dom.js";

const voice = window.speechSynthesis;

/** @param {HTMLElement} element */
const textOf = (element) => {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  copy.querySelectorAll("script, svg:not([aria-label]), [aria-hidden=true], [hidden], .read-aloud, .no-speech, form").forEach((silent) => silent.remove());
  copy.querySelectorAll("svg[aria-label]").forEach((drawing) => drawing.replaceWith(drawing.getAttribute("aria-label") ?? ""));
  copy.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, caption").forEach((block) => block.append(". "));
  return copy.textContent.replace(/\s+/g, " ").replace(/(\s*[.:])+\s*\./g, ".").trim();
};

/**
 * Long texts are cut at the end of sentences: some browsers fall silent after a few hundred letters.
 * @param {string} text
 */
const sentences = (text) => text.match(/[^.!?]+[.!?]*/g) ?? [];

/**
 * @param {HTMLElement} button
 * @param {boolean} speaking
 */
const say = (button, speaking) => {
  const [label] = findAll(button, "[data-label]", HTMLElement);
  if (label) label.textContent = (speaking ? label.dataset.stop : label.dataset.label) ?? "";
};

if (voice) {
  findAll(document, "[data-read-aloud]", HTMLElement).forEach((button) => {
    let speaking = false;
    const stop = () => {
      speaking = false;
      voice.cancel();
      say(button, false);
    };

    button.hidden = false;
    button.addEventListener("click", () => {
      if (speaking) return stop();
      voice.cancel();
      speaking = true;
      say(button, true);
      const target = document.getElementById(button.dataset.readAloud ?? "");
      const parts = target ? sentences(textOf(target)) : [];
      parts.forEach((sentence, index) => {
        const utterance = new SpeechSynthesisUtterance(sentence);
        utterance.lang = "fr-FR";
        utterance.rate = 0.9;
        if (index === parts.length - 1) utterance.onend = () => speaking && stop();
        voice.speak(utterance);
      });
    });
  });
  window.addEventListener("pagehide", () => voice.cancel());
}
