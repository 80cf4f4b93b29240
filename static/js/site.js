// Small courtesies; every page works without them.

import { forgetLeaving, hasLeft, leave, noteOwner } from "./notebook/owner.js";

// The notebook of this phone belongs to whoever is logged in, until they choose to leave.
noteOwner();

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-leave]")) leave();
});

if (hasLeft()) {
  import("./notebook/store.js")
    .then(({ forgetNotebooks }) => forgetNotebooks())
    .then(forgetLeaving, forgetLeaving);
}

// What a juror typed on this tablet and the site has not got yet goes before they do.
const keepsGrids = () => {
  try {
    return Object.keys(window.localStorage).some((name) => name.startsWith("cqp-jury:"));
  } catch {
    return false; // cookies refused: nothing is kept
  }
};

if (keepsGrids()) import("./jury/leave.js").catch(() => {});

const announce = (text) => {
  const region = document.getElementById("annonces");
  if (region && text && region.textContent !== text) region.textContent = text;
};

// What htmx brings says itself aloud when it carries a sentence to announce.
document.addEventListener("htmx:afterSettle", (event) => {
  const arrived = event.detail.elt;
  const spoken = arrived.matches?.("[data-announce]") ? arrived : arrived.querySelector?.("[data-announce]");
  if (spoken) announce(spoken.dataset.announce);
});

document.addEventListener("htmx:sendError", () => announce("Le réseau ne répond pas. Rien n’est perdu\u00a0: réessayez dans un instant."));
document.addEventListener("htmx:responseError", () => announce("Le site n’a pas pu répondre. Rechargez la page."));

// After a refused form, the reader lands on what there is to mend.
document.querySelector("[data-take-focus]")?.focus();

// One confirmation open at a time, and Escape closes it.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.confirm[open]")) return;
  document.querySelectorAll("details.confirm[open]").forEach((other) => {
    if (other !== event.target) other.open = false;
  });
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.confirm[open], details.site-menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
