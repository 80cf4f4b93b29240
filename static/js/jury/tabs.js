// @ts-check
// On a narrow screen, the dossier and the grid one at a time, as tabs; side by side elsewhere.

import { closest, find, findAll } from "../core/dom.js";

/** @typedef {{ link: HTMLAnchorElement, panel: HTMLElement }} Tab */

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const NARROW = "(max-width: 59.99rem)";

/**
 * @param {Tab[]} tabs
 * @param {HTMLElement} chosen
 */
const choose = (tabs, chosen, focus = false) => {
  tabs.forEach(({ link, panel }) => {
    const on = link === chosen;
    link.setAttribute("aria-selected", String(on));
    link.tabIndex = on ? 0 : -1;
    panel.classList.toggle("is-chosen", on);
  });
  if (focus) chosen.focus();
};

/**
 * @param {HTMLElement} nav
 * @param {Tab[]} tabs
 * @param {HTMLElement} panels
 */
const dress = (nav, tabs, panels) => {
  nav.setAttribute("role", "tablist");
  panels.classList.add("one-panel");
  tabs.forEach(({ link, panel }) => {
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
  });
  choose(tabs, tabs.find(({ panel }) => panel.classList.contains("is-chosen"))?.link ?? tabs[0].link);
};

/**
 * @param {HTMLElement} nav
 * @param {Tab[]} tabs
 * @param {HTMLElement} panels
 */
const undress = (nav, tabs, panels) => {
  nav.removeAttribute("role");
  panels.classList.remove("one-panel");
  tabs.forEach(({ link, panel }) => {
    ["role", "aria-controls", "aria-selected", "tabindex"].forEach((name) => link.removeAttribute(name));
    panel.removeAttribute("role");
  });
};

export const mountTabs = () => {
  const [nav] = findAll(document, "[data-jury-tabs]", HTMLElement);
  if (!nav) return;
  const panels = find(document, ".jury-panels", HTMLElement);
  const tabs = findAll(nav, "a", HTMLAnchorElement).map((link) => ({ link, panel: find(document, link.hash, HTMLElement) }));
  const narrow = window.matchMedia(NARROW);
  const lay = () => (narrow.matches ? dress : undress)(nav, tabs, panels);
  nav.addEventListener("click", (event) => {
    const link = tabs.find((tab) => tab.link === closest(event, "a"))?.link;
    if (!link || !narrow.matches) return;
    event.preventDefault();
    choose(tabs, link);
  });
  nav.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !narrow.matches) return;
    const here = tabs.findIndex(({ link }) => link === document.activeElement);
    choose(tabs, tabs[(here + step + tabs.length) % tabs.length].link, true);
  });
  narrow.addEventListener("change", lay);
  lay();
};
