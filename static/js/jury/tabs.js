// On a narrow screen, the dossier and the grid one at a time, as tabs; side by side elsewhere.

const NARROW = "(max-width: 59.99rem)";

const choose = (tabs, chosen, focus = false) => {
  tabs.forEach(({ link, panel }) => {
    const on = link === chosen;
    link.setAttribute("aria-selected", String(on));
    link.tabIndex = on ? 0 : -1;
    panel.classList.toggle("chosen", on);
  });
  if (focus) chosen.focus();
};

const dress = (nav, tabs, panels) => {
  nav.setAttribute("role", "tablist");
  panels.classList.add("one-panel");
  tabs.forEach(({ link, panel }) => {
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
  });
  choose(tabs, tabs.find(({ panel }) => panel.classList.contains("chosen"))?.link ?? tabs[0].link);
};

const undress = (nav, tabs, panels) => {
  nav.removeAttribute("role");
  panels.classList.remove("one-panel");
  tabs.forEach(({ link, panel }) => {
    ["role", "aria-controls", "aria-selected", "tabindex"].forEach((name) => link.removeAttribute(name));
    panel.removeAttribute("role");
  });
};

export const mountTabs = () => {
  const nav = document.querySelector("[data-jury-tabs]");
  if (!nav) return;
  const panels = document.querySelector(".jury-panels");
  const tabs = [...nav.querySelectorAll("a")].map((link) => ({ link, panel: document.querySelector(link.hash) }));
  const narrow = window.matchMedia(NARROW);
  const lay = () => (narrow.matches ? dress : undress)(nav, tabs, panels);
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !narrow.matches) return;
    event.preventDefault();
    choose(tabs, link);
  });
  nav.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !narrow.matches) return;
    const here = tabs.findIndex(({ link }) => link === document.activeElement);
    choose(tabs, tabs[(here + step + tabs.length) % tabs.length].link, true);
  });
  narrow.addEventListener("change", lay);
  lay();
};
