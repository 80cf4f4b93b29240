// @ts-check
// Elements made from data: texts go in as text, and the strict content policy is kept (no style, no inline handler).

/** @import { Attributes, Child } from "../types/elements.d.ts" */

const SVG = "http://www.w3.org/2000/svg";

// What lives as a property of the element, not as an attribute.
const PROPERTIES = new Set(["checked", "disabled", "hidden", "required", "selected", "value", "open"]);

/**
 * @template {HTMLElement | SVGElement} E
 * @param {E} element
 * @param {Attributes<E>} given
 * @param {Child[]} children
 * @returns {E}
 */
const dress = (element, given, children) => {
  Object.entries(given).forEach(([name, value]) => {
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (PROPERTIES.has(name)) Object.assign(element, { [name]: value });
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  });
  append(element, children);
  return element;
};

/**
 * @param {Element} element
 * @param {Child[]} children
 */
const append = (element, children) => children.forEach((child) => {
  if (Array.isArray(child)) append(element, child);
  else if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
});

/**
 * make("button", { class: "btn", type: "button", onclick: act }, "Effacer"): a child is a text, an element or a list; null is
 * passed over.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes<HTMLElementTagNameMap[Tag]>} given
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, given = {}, ...children) => dress(document.createElement(tag), given, children);

/**
 * The same for a shape of SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes<SVGElementTagNameMap[Tag]>} given
 * @param {Child[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export const draw = (tag, given = {}, ...children) => dress(document.createElementNS(SVG, tag), given, children);

/**
 * The one element of this kind that the page must have here.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} kind
 * @returns {E}
 */
export const find = (root, selector, kind) => {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`no ${kind.name} is ${selector}`);
  return element;
};

/**
 * All those of this kind.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} kind
 */
export const findAll = (root, selector, kind) => [...root.querySelectorAll(selector)].flatMap((element) => (element instanceof kind ? [element] : []));

/**
 * What is chosen among the radio buttons of this name; "" when nothing is.
 * @param {ParentNode} root
 * @param {string} name
 */
export const chosenValue = (root, name) => findAll(root, "input", HTMLInputElement).find((input) => input.name === name && input.checked)?.value ?? "";

/**
 * The nearest element that matches, from the one where an event happened.
 * @param {Event} event
 * @param {string} selector
 */
export const closest = ({ target }, selector) =>
  target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(selector)) : null;

/** What has the focus, if it has data of ours. */
export const focused = () => (document.activeElement instanceof HTMLElement ? document.activeElement : null);

/**
 * The sentence of what was thrown.
 * @param {unknown} error
 */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Says a sentence to those who do not see the screen.
 * @param {string} sentence
 */
export const announce = (sentence) => {
  const region = document.getElementById("annonces");
  if (region) region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
};

/**
 * A sentence set apart from the text, as templates/components/note.html.
 * @param {"ok" | "wait" | "refusal"} tone
 * @param {Child[]} children
 */
export const note = (tone, ...children) => make("div", { class: `note note-${tone}` }, make("div", {}, children));

/**
 * The shell stands for every page: the program that it opens gives it its title.
 * @param {string} title
 */
export const retitle = (title) => {
  const heading = document.querySelector("h1");
  if (heading && heading.textContent.trim() !== title) heading.textContent = title;
  document.title = `${title} – CQP Salarié polyvalent`;
};
