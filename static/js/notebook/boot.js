// Opens the right program on a page of /saisie/: the one that [data-app] names or, in the shell, that of the address.

import { currentOwner, noteOwner } from "./owner.js";
import { bindOwner, openStore, readNotebook } from "./store.js";

const APPS = {
  entry: () => import("../entry/app.js"),
  rollcall: () => import("../rollcall/app.js"),
  sending: () => import("./sending.js"),
};

const PATHS = { "/saisie/appel/": "rollcall", "/saisie/envois/": "sending" };

const start = async () => {
  const root = document.querySelector("[data-app]");
  if (!root) return;
  noteOwner();
  await openStore();
  const owner = currentOwner();
  bindOwner(owner);
  const name = root.dataset.app || PATHS[window.location.pathname] || "entry";
  const app = await APPS[name]();
  await app.mount(root, { owner, notebook: await readNotebook(owner), params: new URLSearchParams(window.location.search) });
};

start();
