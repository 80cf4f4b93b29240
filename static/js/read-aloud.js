// « Lire à voix haute »: the button appears where the browser has a voice, reads the visible text of its target, and stops on demand.

const voice = window.speechSynthesis;

const textOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("script, svg:not([aria-label]), [aria-hidden=true], [hidden], .read-aloud, .no-speech, form").forEach((silent) => silent.remove());
  copy.querySelectorAll("svg[aria-label]").forEach((drawing) => drawing.replaceWith(drawing.getAttribute("aria-label")));
  copy.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, caption").forEach((block) => block.append(". "));
  return copy.textContent.replace(/\s+/g, " ").replace(/(\s*[.:])+\s*\./g, ".").trim();
};

// Long texts are cut at the end of sentences: some browsers fall silent after a few hundred letters.
const sentences = (text) => text.match(/[^.!?]+[.!?]*/g) ?? [];

const say = (button, speaking) => {
  const label = button.querySelector("[data-label]");
  label.textContent = speaking ? label.dataset.stop : label.dataset.label;
};

if (voice) {
  document.querySelectorAll("[data-read-aloud]").forEach((button) => {
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
      const parts = sentences(textOf(document.getElementById(button.dataset.readAloud)));
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
