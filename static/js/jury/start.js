// @ts-check
// The pages of the day on a tablet: tabs, the grid that is saved as it is typed, what waits to be sent, and leaving.

import { announce, closest, findAll } from "../core/dom.js";
import { currentOwner } from "./drafts.js";
import { forgetHanded, mountGrid } from "./grid.js";
import { sendFirst } from "./leave.js";
import { mountOutbox } from "./outbox.js";
import { mountTabs } from "./tabs.js";

const STAY = "Pas de réseau\u00a0: cette page seule est ouverte. Restez-y, tout ce que vous écrivez est gardé.";

/**
 * Without network a link would lead to a page of the browser: the juror stays where they can write.
 * @param {Event} event
 */
const stayWithoutNetwork = (event) => {
  const link = closest(event, "a[href]");
  if (!link || navigator.onLine || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  const place = document.querySelector("[data-state], [data-outbox]");
  if (place) place.textContent = STAY;
  announce(STAY);
};

const start = async () => {
  mountTabs();
  document.addEventListener("click", stayWithoutNetwork);
  if (!currentOwner()) return;
  forgetHanded();
  const [form] = findAll(document, "[data-appraisal]", HTMLFormElement);
  const grid = form ? await mountGrid(form) : null;
  if (grid) sendFirst(grid.flush);
  await mountOutbox(grid?.subject ?? "");
};

start();
