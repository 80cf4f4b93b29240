// @ts-check
// The frame where one signs with a finger, a stylus or a mouse; it keeps lines of [x, y, milliseconds].
import { draw } from "../core/dom.js";
import { curve, FRAME, isDrawn, pen } from "./strokes.js";

/** @import { Point, Strokes } from "../types/notebook.d.ts" */

// Moves shorter than this are the trembling of the screen, not of the hand.
const FINEST = 3;
// A signature has some hundreds of points; beyond this nothing more is drawn.
const MOST_POINTS = 3000;

/**
 * @param {number} value
 * @param {number} most
 */
const bounded = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

export class SignaturePad {
  /**
   * `changed` is called when something was drawn or wiped.
   * @param {() => void} changed
   */
  constructor(changed = () => {}) {
    this.changed = changed;
    this.begun = 0;
    this.points = 0;
    /** @type {Strokes} */
    this.strokes = [];
    /** @type {number | null} */
    this.pointer = null;
    /** @type {Point[]} */
    this.line = [];
    this.trace = pen([]);
    this.baseline = draw("path", { class: "pad-line", d: "M60 480H940" });
    this.frame = draw("svg", {
      class: "pad",
      viewBox: `0 0 ${FRAME.width} ${FRAME.height}`,
      role: "img",
      "aria-label": "Cadre de la signature",
    }, this.baseline);
    this.frame.addEventListener("pointerdown", (event) => this.#start(event));
    this.frame.addEventListener("pointermove", (event) => this.#move(event));
    this.frame.addEventListener("pointerup", (event) => this.#lift(event));
    this.frame.addEventListener("pointercancel", (event) => this.#lift(event));
    this.clear();
  }

  get isDrawn() {
    return isDrawn(this.strokes);
  }

  clear() {
    this.strokes = [];
    this.pointer = null;
    this.points = 0;
    this.frame.replaceChildren(this.baseline);
    this.changed();
  }

  /**
   * Only one finger draws: the palm of the hand and a second finger leave nothing.
   * @param {PointerEvent} event
   */
  #start(event) {
    if (this.pointer !== null || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    this.frame.setPointerCapture?.(event.pointerId);
    this.pointer = event.pointerId;
    this.begun = this.strokes.length ? this.begun : event.timeStamp;
    this.line = [this.#point(event)];
    this.points += 1;
    this.strokes.push(this.line);
    this.trace = pen([this.line]);
    this.frame.append(this.trace);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.pointer) return;
    const finer = event.getCoalescedEvents?.() ?? [];
    (finer.length ? finer : [event]).forEach((step) => this.#add(this.#point(step)));
    this.trace.setAttribute("d", curve(this.line));
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.changed();
  }

  /** @param {Point} point */
  #add(point) {
    const [x, y] = this.line[this.line.length - 1];
    if (this.points >= MOST_POINTS || Math.abs(point[0] - x) + Math.abs(point[1] - y) < FINEST) return;
    this.line.push(point);
    this.points += 1;
  }

  /**
   * @param {PointerEvent} event
   * @returns {Point}
   */
  #point(event) {
    const frame = this.frame.getBoundingClientRect();
    return [
      bounded(((event.clientX - frame.left) / frame.width) * FRAME.width, FRAME.width),
      bounded(((event.clientY - frame.top) / frame.width) * FRAME.width, FRAME.height),
      Math.max(0, Math.round(event.timeStamp - this.begun)),
    ];
  }
}
