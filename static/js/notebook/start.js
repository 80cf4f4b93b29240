// Opens the right program on a page of /saisie/: the one that [data-app] names or, in the shell, that of the address.
// Where the browser keeps nothing, the form that came with the page stays, and a sentence says so.

import { ENTRY, loginAddress, ROLL_CALL, SENDING, WORKER } from "./addresses.js";
import { make } from "../core/dom.js";
import { currentOwner, noteOwner, onOwnerChange } from "./owner.js";
import { bindOwner, forgetNotebooks, onChange, openStore, readNotebook } from "./store.js";
import { network, refresh, startSync } from "./sync.js";

const APPS = {
  entry: () => import("../entry/app.js"),
  rollcall: () => import("../rollcall/app.js"),
  sending: () => import("./sending.js"),
};

const PLACES = {
  [ENTRY]: ["entry", "Saisir la journée"],
  [ROLL_CALL]: ["rollcall", "Faire l’appel"],
  [SENDING]: ["sending", "Mes envois"],
};

const SLOW = 2500;
const SOON = 2000; // what serves later is fetched once the page can be used

const root = document.querySelector("[data-app]");
const inShell = root?.dataset.app === "";

const say = (text, link = null) => {
  root.before(make("div", { class: "note note-wait", role: "status" }, make("div", {}, make("p", {}, text), link && make("p", {}, link))));
};

const PRIVATE =
  "Ce navigateur ne garde rien sur ce téléphone (fenêtre privée, ou navigateur trop ancien)\u00a0: le carnet sans réseau " +
  "est fermé. Rien de ce que vous noteriez ne survivrait à la page.";
const USE_THE_FORM = " Le formulaire de cette page s’enregistre en ligne.";
const FIRST_TIME = "Connectez-vous une première fois avec du réseau\u00a0: le carnet de ce téléphone s’ouvrira ensuite sans.";
const NO_NOTEBOOK = "Ce téléphone n’a pas encore votre carnet. Ouvrez cette page une fois avec du réseau, connecté.";
const FELL = "Le carnet n’a pas pu s’ouvrir. Rechargez la page\u00a0: ce qui est gardé sur ce téléphone n’est pas touché.";

const hasForm = () => root.querySelector("form") !== null;

/** The program will not come: the form of the site stops waiting for it. */
const giveUp = () => {
  root.removeAttribute("data-app");
  root.querySelector(".opening")?.remove();
};

const login = () => make("a", { class: "btn btn-primary", href: loginAddress() }, "Se connecter");

const wait = (delay) => new Promise((resolve) => { setTimeout(resolve, delay); });

/** The freshest notebook that can be had in a moment; what the phone kept otherwise. */
const notebookOf = async (owner) => {
  const asking = refresh();
  const known = await readNotebook(owner);
  if (!known) return asking;
  await Promise.race([asking, wait(SLOW)]);
  return readNotebook(owner);
};

const dressShell = (title, notebook) => {
  document.querySelector("h1").textContent = title;
  document.title = `${title} – CQP Salarié polyvalent`;
  const person = document.querySelector("[data-person]");
  if (person) person.textContent = notebook?.owner.name ?? "";
};

const missing = () => {
  const { problem, sentence } = network();
  giveUp();
  if (problem === "role") return say(sentence);
  if (hasForm()) return undefined; // the form of the page does the work
  return problem === "login" ? say(FIRST_TIME, login()) : say(NO_NOTEBOOK, login());
};

const protectFirstEntry = () => {
  const stop = onChange(async () => {
    if (!network().waiting) return;
    const backup = await import("./backup.js").catch(() => null); // no network, and not kept yet: at the next change
    if (!backup) return;
    stop();
    backup.askToPersist();
  });
  setTimeout(() => import("./backup.js").catch(() => {}), SOON);
};

const open = async () => {
  const path = window.location.pathname;
  const [placed, title] = PLACES[path] ?? PLACES[ENTRY];
  const name = root.dataset.app || placed;
  const owner = currentOwner();
  if (!owner) {
    giveUp();
    if (inShell) say(FIRST_TIME, login());
    return;
  }
  bindOwner(owner);
  onOwnerChange(() => window.location.reload());
  await forgetNotebooks(owner);
  const notebook = await notebookOf(owner);
  if (inShell) dressShell(title, notebook);
  protectFirstEntry();
  startSync();
  if (!notebook && name !== "sending") return missing();
  const app = await APPS[name]();
  await app.mount(root, { owner, notebook, params: new URLSearchParams(window.location.search) });
};

const markPlace = () => {
  document.querySelectorAll("[data-places] a").forEach((link) => {
    if (link.pathname === window.location.pathname) link.setAttribute("aria-current", "page");
  });
};

const start = async () => {
  noteOwner();
  navigator.serviceWorker?.register(WORKER, { scope: ENTRY }).catch(() => {}); // without it: online only
  if (!root) return;
  markPlace();
  try {
    await openStore();
  } catch {
    giveUp();
    say(PRIVATE + (hasForm() ? USE_THE_FORM : ""));
    return;
  }
  try {
    await open();
  } catch (error) {
    console.error(error);
    giveUp();
    say(FELL);
  }
};

start();
