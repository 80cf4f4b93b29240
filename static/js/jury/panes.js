// On a narrow screen, the dossier and the grid one at a time, as tabs; side by side elsewhere.

const NARROW = "(max-width: 59.99rem)";

const choose = (tabs, chosen, focus = false) => {
  tabs.forEach(({ link, pane }) => {
    const on = link === chosen;
    link.setAttribute("aria-selected", String(on));
    link.tabIndex = on ? 0 : -1;
    pane.classList.toggle("chosen", on);
  });
  if (focus) chosen.focus();
};

const dress = (nav, tabs, panes) => {
  nav.setAttribute("role", "tablist");
  panes.classList.add("one-at-a-time");
  tabs.forEach(({ link, pane }) => {
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", pane.id);
    pane.setAttribute("role", "tabpanel");
  });
  choose(tabs, tabs.find(({ pane }) => pane.classList.contains("chosen"))?.link ?? tabs[0].link);
};

const undress = (nav, tabs, panes) => {
  nav.removeAttribute("role");
  panes.classList.remove("one-at-a-time");
  tabs.forEach(({ link, pane }) => {
    ["role", "aria-controls", "aria-selected", "tabindex"].forEach((name) => link.removeAttribute(name));
    pane.removeAttribute("role");
  });
};

export const mountPanes = () => {
  const nav = document.querySelector("[data-panes]");
  if (!nav) return;
  const panes = document.querySelector(".panes");
  const tabs = [...nav.querySelectorAll("a")].map((link) => ({ link, pane: document.querySelector(link.hash) }));
  const narrow = window.matchMedia(NARROW);
  const lay = () => (narrow.matches ? dress : undress)(nav, tabs, panes);
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
