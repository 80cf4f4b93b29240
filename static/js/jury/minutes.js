// @ts-check
// The frame of the signature under the minutes; without it, or left empty, the juror signs by their account.
import { find, findAll } from "../core/dom.js";
import { SignaturePad } from "../rollcall/signature-pad.js";

const [form] = findAll(document, "[data-signs]", HTMLFormElement);
const frame = form && findAll(form, "[data-frame]", HTMLElement)[0];

if (frame) {
  const strokes = find(form, "[name=strokes]", HTMLInputElement);
  const pad = new SignaturePad();
  find(frame, "#sign-words", HTMLElement).after(pad.frame);
  frame.hidden = false;
  find(frame, "[data-wipe]", HTMLElement).addEventListener("click", () => pad.clear());
  form.addEventListener("submit", () => {
    strokes.value = pad.isDrawn ? JSON.stringify(pad.strokes) : "";
  });
}
