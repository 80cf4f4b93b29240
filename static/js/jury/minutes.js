// The frame of the signature under the minutes; without it, or left empty, the juror signs by their account.
import { SignaturePad } from "../rollcall/signature-pad.js";

const form = document.querySelector("[data-signs]");
const frame = form?.querySelector("[data-frame]");

if (frame) {
  const strokes = form.elements.strokes;
  const pad = new SignaturePad();
  frame.querySelector("#sign-words").after(pad.frame);
  frame.hidden = false;
  frame.querySelector("[data-wipe]").addEventListener("click", () => pad.clear());
  form.addEventListener("submit", () => {
    strokes.value = pad.isDrawn ? JSON.stringify(pad.strokes) : "";
  });
}
