// Elements made from data: texts go in as text, and the strict content policy is kept (no style, no inline handler).

const SVG = "http://www.w3.org/2000/svg";

// What lives as a property of the element, not as an attribute.
const PROPERTIES = new Set(["checked", "disabled", "hidden", "required", "selected", "value", "open"]);

const dress = (element, given, children) => {
  Object.entries(given).forEach(([name, value]) => {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  });
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

// make("button", { class: "btn", type: "button", onclick: act }, "Effacer"): a child is a text, an element or a list; null is passed over.
export const make = (tag, given = {}, ...children) => dress(document.createElement(tag), given, children);

export const draw = (tag, given = {}, ...children) => dress(document.createElementNS(SVG, tag), given, children);

// Says a sentence to those who do not see the screen.
export const announce = (sentence) => {
  const region = document.getElementById("annonces");
  if (region) region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
};

// A sentence set apart from the text, as templates/components/note.html; `tone` is ok, wait or refusal.
export const note = (tone, ...children) => make("div", { class: `note note-${tone}` }, make("div", {}, children));

// The shell stands for every page: the program that it opens gives it its title.
export const retitle = (title) => {
  const heading = document.querySelector("h1");
  if (heading && heading.textContent.trim() !== title) heading.textContent = title;
  document.title = `${title} – CQP Salarié polyvalent`;
};
