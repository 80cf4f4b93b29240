// The rooms of the day on a tablet: tabs, the grid that keeps itself, what waits to be sent, and leaving.

import { currentOwner } from "./drafts.js";
import { forgetHanded, mountGrid } from "./grid.js";
import { sendFirst } from "./leave.js";
import { mountOutbox } from "./outbox.js";
import { mountPanes } from "./panes.js";

const start = async () => {
  mountPanes();
  if (!currentOwner()) return;
  forgetHanded();
  const form = document.querySelector("[data-appraisal]");
  const grid = form ? await mountGrid(form) : null;
  if (grid) sendFirst(grid.flush);
  await mountOutbox(grid?.subject ?? "");
};

start();
