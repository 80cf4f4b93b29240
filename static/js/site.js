// @ts-check
// Small courtesies; every page works without them.

import { announce, closest, findAll } from "./core/dom.js";
import { forgetLeaving, hasLeft, leave, noteOwner } from "./core/local-storage.js";

// The notebook of this phone belongs to whoever is logged in, until they choose to leave.
noteOwner();

navigator.serviceWorker?.register("/hors-reseau.js").catch(() => {}); // without it: the page of the browser

document.addEventListener("submit", (event) => {
  if (closest(event, "[data-leave]")) leave();
});

if (hasLeft()) {
  import("./notebook/store.js")
    .then(({ forgetNotebooks }) => forgetNotebooks())
    .then(forgetLeaving, forgetLeaving);
}

// What a juror typed on this tablet and the site has not got yet goes before they do.
const keepsGrids = () => {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith("cqp-jury:"));
  } catch {
    return false; // cookies refused: nothing is kept
  }
};

if (keepsGrids()) import("./jury/leave.js").catch(() => {});

// What htmx brings says itself aloud when it carries a sentence to announce.
document.addEventListener("htmx:afterSettle", (event) => {
  const arrived = event instanceof CustomEvent ? event.detail.elt : null;
  if (!(arrived instanceof HTMLElement)) return;
  const spoken = arrived.matches("[data-announce]") ? arrived : findAll(arrived, "[data-announce]", HTMLElement)[0];
  if (spoken?.dataset.announce) announce(spoken.dataset.announce);
});

document.addEventListener("htmx:sendError", () => announce("Le réseau ne répond pas. Rien n’est perdu\u00a0: réessayez dans un instant."));
document.addEventListener("htmx:responseError", () => announce("Le site n’a pas pu répondre. Rechargez la page."));

// After a refused form, the reader lands on what there is to mend.
findAll(document, "[data-take-focus]", HTMLElement)[0]?.focus();

// One confirmation open at a time, and Escape closes it.
document.addEventListener("toggle", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("details.confirm[open]")) return;
  findAll(document, "details.confirm[open]", HTMLDetailsElement).forEach((other) => {
    if (other !== event.target) other.open = false;
  });
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const [open] = findAll(document, "details.confirm[open], details.site-menu[open]", HTMLDetailsElement);
  if (!open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
