// @ts-check
// The page « Mes envois »: what this phone keeps of its owner, entry by entry, and what can be done about it.

import { loginAddress } from "./addresses.js";
import { exported, imported, isPersistent } from "./backup.js";
import { announce, findAll, focused, make, note, sentenceOf } from "../core/dom.js";
import { counted } from "../core/formats.js";
import { listOf } from "./listing.js";
import { digestOf } from "./receipts.js";
import { flush, network, onNetwork, words } from "./sync.js";
import { entriesOf, onChange, recall, removeEntry } from "./store.js";

/** @import { EntryRecord, Opening } from "../types/notebook.d.ts" */

const DAY = 86400000;

/** @param {number} drift */
const clockWords = (drift) => {
  const days = Math.round(Math.abs(drift) / DAY);
  const way = drift > 0 ? "en avance" : "en retard";
  return `L’horloge de ce téléphone est ${way} de ${counted(days, "jour")} sur celle du site. Réglez-la\u00a0: elle date vos saisies.`;
};

const PERSISTENCE =
  "Ce navigateur peut effacer ce qu’il garde s’il reste longtemps sans servir ou manque de place. " +
  "Tant que des saisies attendent, exportez-les, ou ajoutez le carnet à l’écran d’accueil.";

/** @param {EntryRecord[]} entries */
const receiptWords = async (entries) => {
  const confirmed = entries.filter(({ state }) => state === "confirmed");
  if (!confirmed.length) return "Rien n’a encore été vérifié avec le site.";
  const { sha256 } = await digestOf(confirmed);
  return `Le site et ce téléphone comptent les mêmes ${counted(confirmed.length, "saisie")} (empreinte ${sha256.slice(0, 8)}).`;
};

/** @param {{ name: string, text: string }} file */
const save = ({ name, text }) => {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};

/**
 * @param {HTMLElement} root
 * @param {Opening} opening
 */
export const mount = async (root, { owner, notebook }) => {
  const status = make("p", { class: "sending-state", "data-sentence": "" });
  const receipt = make("p", { class: "text-quiet", "data-receipt": "" });
  const warnings = make("div", { "data-warnings": "" });
  const outcome = make("div", { role: "status", "data-outcome": "" });
  const list = make("div", { "data-entries": "" });

  /**
   * @param {"ok" | "wait" | "refusal"} tone
   * @param {string} sentence
   */
  const tell = (tone, sentence) => {
    outcome.replaceChildren(note(tone, make("p", {}, sentence)));
  };

  const now = make("button", {
    class: "btn btn-primary", type: "button",
    onclick: async () => {
      await flush();
      announce(words(true));
    },
  }, "Envoyer maintenant");

  const carryOut = async () => {
    const file = await exported(notebook?.owner.name ?? "");
    save(file);
    tell("ok", `${counted(file.count, "saisie")} dans le fichier ${file.name}. Gardez-le tant que tout n’est pas arrivé.`);
  };

  /** @param {{ currentTarget: HTMLInputElement }} event */
  const carryIn = async ({ currentTarget: input }) => {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      const { added, known, made_on: day } = await imported(file);
      const already = known ? ` ${counted(known, "était déjà là", "étaient déjà là")}.` : "";
      tell("ok", `Carnet du ${day}\u00a0: ${counted(added, "saisie reprise", "saisies reprises")}.${already}`);
    } catch (error) {
      tell("refusal", sentenceOf(error));
    }
    input.value = "";
  };

  /** @param {EntryRecord} record */
  const remove = async (record) => {
    try {
      await removeEntry(record.id);
      announce("Saisie supprimée de ce téléphone.");
    } catch (error) {
      tell("refusal", sentenceOf(error));
    }
  };

  const file = make("input", { type: "file", class: "form-control", id: "carnet-a-reprendre", accept: ".json,application/json", onchange: carryIn });

  /** @param {EntryRecord[]} entries */
  const warn = async (entries) => {
    const drift = Number((await recall("clock")) ?? 0);
    const pending = entries.some(({ state }) => state !== "confirmed");
    const { problem } = network();
    warnings.replaceChildren(
      ...[
        ["login", "csrf"].includes(problem) && note("wait",
          make("p", {}, "Reconnectez-vous pour envoyer\u00a0: rien n’est perdu."),
          make("p", {}, make("a", { href: loginAddress() }, "Se reconnecter"))),
        Math.abs(drift) > DAY && note("wait", make("p", {}, clockWords(drift))),
        !("serviceWorker" in navigator) && note("wait", make("p", {}, "Ce navigateur n’ouvre pas le carnet sans réseau\u00a0: gardez cette page ouverte.")),
        pending && !(await isPersistent()) && note("wait", make("p", {}, PERSISTENCE)),
      ].filter((warning) => warning !== false),
    );
  };

  const draw = async () => {
    const entries = await entriesOf(owner);
    status.textContent = words(true);
    now.disabled = network().sending;
    receipt.textContent = await receiptWords(entries);
    await warn(entries);
    show(entries);
  };

  // Drawn again only when something of it changed; what was open stays open, and the focus where it was.
  /** @param {string} selector */
  const keyed = (selector) => findAll(list, selector, HTMLElement);
  let shown = "";
  /** @param {EntryRecord[]} entries */
  const show = (entries) => {
    const drawn = JSON.stringify(entries.map(({ id, state, reason, attempted }) => [id, state, reason, attempted]));
    if (drawn === shown) return;
    shown = drawn;
    const place = focused()?.dataset.key;
    const opened = keyed("details[open] > [data-key]").map(({ dataset }) => dataset.key);
    list.replaceChildren(listOf(entries, notebook, remove));
    /** @param {string | undefined} key */
    const find = (key) => keyed("[data-key]").find(({ dataset }) => dataset.key === key);
    opened.map((key) => find(key)?.parentElement).forEach((fold) => fold?.setAttribute("open", ""));
    if (place) find(place)?.focus();
  };

  let drawing = Promise.resolve();
  const redraw = () => {
    drawing = drawing.then(draw).catch((error) => tell("refusal", sentenceOf(error)));
    return drawing;
  };

  root.replaceChildren(
    make("section", { class: "section", "aria-labelledby": "etat" },
      make("h2", { id: "etat" }, "Où en sont mes saisies"),
      status, receipt, warnings, outcome,
      make("div", { class: "acts" }, now)),
    list,
    make("section", { class: "section", "aria-labelledby": "fichier" },
      make("h2", { id: "fichier" }, "Mettre à l’abri dans un fichier"),
      make("p", {}, "Le fichier contient ce qui n’est pas encore vérifié. Il peut être repris ici, sur ce téléphone ou sur un autre, par la même personne."),
      make("div", { class: "file-acts" },
        make("button", { class: "btn btn-outline-primary", type: "button", onclick: carryOut }, "Exporter mes saisies"),
        make("div", {}, make("label", { class: "form-label", for: "carnet-a-reprendre" }, "Reprendre un carnet exporté"), file))),
  );
  onChange(redraw);
  onNetwork(redraw);
  await redraw();
};

