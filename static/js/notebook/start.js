// @ts-check
// Opens the right program on a page of /saisie/: the one that [data-app] names or, in the shell, that of the address.
// Where the browser keeps nothing, the form that came with the page stays, and a sentence says so.

import { ENTRY, loginAddress, ROLL_CALL, SENDING, WORKER } from "./addresses.js";
import { make, retitle } from "../core/dom.js";
import { currentOwner, noteOwner, onOwnerChange } from "../core/local-storage.js";
import { bindOwner, forgetNotebooks, onChange, openStore, readNotebook } from "./store.js";
import { network, refresh, startSync } from "./sync.js";

/** @import { Notebook, Program, Uuid } from "../types/notebook.d.ts" */

/** @type {Record<string, () => Promise<Program>>} */
const APPS = {
  entry: () => import("../entry/app.js"),
  rollcall: () => import("../rollcall/app.js"),
  sending: () => import("./sending.js"),
};

/** @type {Record<string, [program: string, title: string]>} */
const PLACES = {
  [ENTRY]: ["entry", "Saisir la journée"],
  [ROLL_CALL]: ["rollcall", "Faire l’appel"],
  [SENDING]: ["sending", "Mes envois"],
};

const SLOW = 2500;
const SOON = 2000; // what serves later is fetched once the page can be used

/**
 * @param {HTMLElement} root
 * @param {string} text
 * @param {HTMLElement | null} link
 */
const say = (root, text, link = null) => {
  root.before(make("div", { class: "note note-wait", role: "status" }, make("div", {}, make("p", {}, text), link && make("p", {}, link))));
};

const PRIVATE =
  "Ce navigateur ne garde rien sur ce téléphone (fenêtre privée, ou navigateur trop ancien)\u00a0: le carnet sans réseau " +
  "est fermé. Rien de ce que vous noteriez ne survivrait à la page.";
const USE_THE_FORM = " Le formulaire de cette page s’enregistre en ligne.";
const FIRST_TIME = "Connectez-vous une première fois avec du réseau\u00a0: le carnet de ce téléphone s’ouvrira ensuite sans.";
const NO_NOTEBOOK = "Ce téléphone n’a pas encore votre carnet. Ouvrez cette page une fois avec du réseau, connecté.";
const FELL = "Le carnet n’a pas pu s’ouvrir. Rechargez la page\u00a0: ce qui est gardé sur ce téléphone n’est pas touché.";

/** @param {HTMLElement} root */
const hasForm = (root) => root.querySelector("form") !== null;

/**
 * The program will not come: the form of the site stops waiting for it.
 * @param {HTMLElement} root
 */
const giveUp = (root) => {
  root.removeAttribute("data-app");
  root.querySelector(".opening")?.remove();
};

const login = () => make("a", { class: "btn btn-primary", href: loginAddress() }, "Se connecter");

/** @param {number} delay */
const wait = (delay) => new Promise((resolve) => { setTimeout(resolve, delay); });

/**
 * The freshest notebook that can be had in a moment; what the phone kept otherwise.
 * @param {Uuid} owner
 */
const notebookOf = async (owner) => {
  const asking = refresh();
  const known = await readNotebook(owner);
  if (!known) return asking;
  await Promise.race([asking, wait(SLOW)]);
  return readNotebook(owner);
};

/**
 * @param {string} title
 * @param {Notebook | null} notebook
 */
const dressShell = (title, notebook) => {
  retitle(title);
  const person = document.querySelector("[data-person]");
  if (person) person.textContent = notebook?.owner.name ?? "";
};

/** @param {HTMLElement} root */
const missing = (root) => {
  const { problem, sentence } = network();
  giveUp(root);
  if (problem === "role") return say(root, sentence);
  if (hasForm(root)) return undefined; // the form of the page does the work
  return problem === "login" ? say(root, FIRST_TIME, login()) : say(root, NO_NOTEBOOK, login());
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

/** @param {HTMLElement} root */
const open = async (root) => {
  const inShell = root.dataset.app === "";
  const path = window.location.pathname;
  const [placed, title] = PLACES[path] ?? PLACES[ENTRY];
  const name = root.dataset.app || placed;
  const owner = currentOwner();
  if (!owner) {
    giveUp(root);
    if (inShell) say(root, FIRST_TIME, login());
    return;
  }
  bindOwner(owner);
  onOwnerChange(() => window.location.reload());
  await forgetNotebooks(owner);
  const notebook = await notebookOf(owner);
  if (inShell) dressShell(title, notebook);
  protectFirstEntry();
  startSync();
  if (!notebook && name !== "sending") return missing(root);
  const app = await APPS[name]();
  await app.mount(root, { owner, notebook, params: new URLSearchParams(window.location.search) });
};

const markPlace = () => {
  document.querySelectorAll("[data-places] a").forEach((link) => {
    if (link instanceof HTMLAnchorElement && link.pathname === window.location.pathname) link.setAttribute("aria-current", "page");
  });
};

const start = async () => {
  noteOwner();
  navigator.serviceWorker?.register(WORKER, { scope: ENTRY }).catch(() => {}); // without it: online only
  const root = document.querySelector("[data-app]");
  if (!(root instanceof HTMLElement)) return;
  markPlace();
  try {
    await openStore();
  } catch {
    giveUp(root);
    say(root, PRIVATE + (hasForm(root) ? USE_THE_FORM : ""));
    return;
  }
  try {
    await open(root);
  } catch (error) {
    console.error(error);
    giveUp(root);
    say(root, FELL);
  }
};

start();
