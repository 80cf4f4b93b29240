// @ts-check
// The roll call. The address says what is shown: nothing to choose, ?nouvelle=1 to describe a session, ?seance=<id> to
// call its roll, ?corriger=<entry id> to mend what the server sent back.

import { announce, find, findAll, focused, make, note } from "../core/dom.js";
import { longDate, today } from "../core/formats.js";
import { networkLine } from "../notebook/network-line.js";
import { entriesOf, onChange, readNotebook, recall, removeEntry } from "../notebook/store.js";
import { flush, refresh } from "../notebook/sync.js";
import { callView } from "./call.js";
import { sessionChoice } from "./session-choice.js";
import { openDrafts } from "./drafts.js";
import { saveRoll } from "./save-roll.js";
import { callRoll } from "./roll.js";
import { sessionForm } from "./session-form.js";
import { indexSessions } from "./sessions.js";

/** @import { Notebook, Opening, Session, SignatureRecord, Uuid } from "../types/notebook.d.ts" */
/** @import { Roll, SessionIndex } from "../types/rollcall.d.ts" */

const A_DAY = 24 * 3600 * 1000;
const UNKNOWN = "Cette séance n’est pas dans le carnet de ce téléphone\u00a0: son appel est déjà fait, elle est annulée, ou le carnet n’est pas à jour.";

// Signatures are dated by this phone: a clock that is wrong by a day has them refused.
const clockNote = async () => {
  const ahead = Number((await recall("clock")) ?? 0);
  if (Math.abs(ahead) < A_DAY) return null;
  return note("wait", make("p", {}, `L’horloge de ce téléphone dit ${longDate(today())}, et le site n’est pas d’accord. Réglez-la avant de faire signer\u00a0: une signature porte son heure.`));
};

/**
 * @param {HTMLElement} root
 * @param {Opening & { notebook: Notebook }} opening
 */
export const mount = async (root, { owner, notebook, params }) => {
  const drafts = openDrafts(owner);
  const footer = networkLine();
  const alarm = await clockNote();
  const read = async () => indexSessions((await readNotebook(owner)) ?? notebook, await entriesOf(owner));
  let index = await read();
  let view = "";
  /** @type {HTMLElement | null} */
  let notice = null;

  /**
   * @param {string} query
   * @param {HTMLElement | null} word
   */
  const go = async (query, word = null) => {
    window.history.pushState(null, "", query ? `?${query}` : window.location.pathname);
    notice = word;
    index = await read();
    show();
    const place = findAll(root, "[data-saved]", HTMLElement)[0] ?? find(document, "h1", HTMLElement);
    place.setAttribute("tabindex", "-1");
    place.focus();
    window.scrollTo(0, 0);
  };

  const choose = () => {
    view = "choose";
    root.replaceChildren(notice ?? "", alarm ?? "", sessionChoice({ index, drafts, day: today(), go }), make("div", { class: "section" }, footer));
  };

  const describe = () => {
    view = "describe";
    /**
     * @param {Omit<Session, "id">} facts
     * @param {Uuid[]} enrollments
     */
    const begin = (facts, enrollments) => {
      const roll = callRoll({ id: crypto.randomUUID(), ...facts }, "new", enrollments);
      drafts.save(roll);
      go(`seance=${roll.session.id}`);
    };
    const back = make("button", { class: "btn btn-link", type: "button", onclick: () => go("") }, "Revenir aux séances");
    root.replaceChildren(make("h2", {}, "Une autre séance"), sessionForm({ index, facts: {}, crew: true, label: "Faire l’appel", done: begin }), make("p", {}, back));
  };

  /** @param {Roll} roll */
  const savedNotice = (roll) => {
    const words = roll.origin === "held" ? "Signatures gardées sur ce téléphone." : "Appel gardé sur ce téléphone.";
    const element = note("ok", make("p", {}, `${words} L’envoi se fait seul, dès qu’il y a du réseau.`));
    element.dataset.saved = "";
    return element;
  };

  /**
   * @param {Roll} roll
   * @param {{ id: Uuid }[]} entries
   */
  const withdraw = async (roll, entries) => {
    for (const { id } of entries) await removeEntry(id).catch(() => {}); // it left between two looks: it is recorded on the site
    drafts.drop(roll.session.id);
    go("");
  };

  /** @param {Roll} roll */
  const call = (roll) => {
    view = "call";
    const element = callView({
      index, roll, footer,
      save: (now) => drafts.save(now) || announce("Ce téléphone n’a plus de place pour garder cet appel\u00a0: enregistrez-le maintenant."),
      keep: async (now) => {
        await saveRoll(index, now);
        drafts.drop(now.session.id);
        flush();
        await go("", savedNotice(now));
      },
      leave: () => go(""),
      forget: (now) => withdraw(now, now.origin === "mended" ? [...now.replaces, now.session] : []),
      withdraw: (now) => withdraw(now, now.replaces),
    });
    root.replaceChildren(alarm ?? "", element);
  };

  /**
   * What was begun here; the presences and signatures of a session recorded on the site are those of today.
   * @param {Uuid | null} id
   */
  const begun = (id) => {
    const draft = drafts.of(id ?? "");
    const now = draft?.origin === "held" && index.heldOf(id);
    return now ? { ...now, signatures: draft.signatures, unable: draft.unable } : draft;
  };

  /**
   * The roll that an address names: begun here, planned, noted, or sent back.
   * @param {URLSearchParams} asked
   */
  const rollOf = (asked) => {
    const entry = asked.get("corriger");
    if (entry) {
      const roll = index.rollOfEntry(entry);
      return roll && (begun(roll.session.id) ?? roll);
    }
    const id = asked.get("seance");
    const planned = index.plannedOf(id);
    return begun(id) ?? (planned ? callRoll(planned, "planned", index.expected(planned)) : index.heldOf(id));
  };

  /**
   * A signature sent back for a session that this phone no longer knows can only go.
   * @param {SignatureRecord} record
   */
  const letGo = ({ id, reason }) => {
    view = "letGo";
    root.replaceChildren(note("refusal", make("p", {}, make("strong", {}, "Signature refusée. "), reason),
      make("button", { class: "btn btn-outline-primary", type: "button", onclick: async () => {
        await removeEntry(id);
        go("");
      } }, "Retirer cette signature")), footer);
  };

  const show = () => {
    const asked = new URLSearchParams(window.location.search);
    if (asked.get("nouvelle")) return describe();
    if (!asked.get("seance") && !asked.get("corriger")) return choose();
    const roll = rollOf(asked);
    if (roll) return call(roll);
    const orphan = index.refusedSignatures.find(({ id }) => id === asked.get("corriger"));
    if (orphan) return letGo(orphan);
    notice ??= note("wait", make("p", {}, UNKNOWN));
    return choose();
  };

  // What changed on this phone shows at once, under the same focus.
  const again = async () => {
    index = await read();
    if (view !== "choose") return;
    const before = focused();
    if (!before || !root.contains(before)) return choose();
    choose();
    const link = before.getAttribute("href");
    const place = before.isConnected ? before : findAll(root, "a", HTMLAnchorElement).find((one) => one.getAttribute("href") === link);
    return place?.focus({ preventScroll: true });
  };

  window.addEventListener("popstate", async () => {
    notice = null;
    findAll(document, "dialog.signing", HTMLDialogElement).forEach((dialog) => dialog.close());
    index = await read();
    show();
  });
  onChange(again);
  show();
  // A session planned a moment ago is perhaps only on the site.
  if ((params.get("seance") || params.get("corriger")) && !rollOf(params) && (await refresh())) {
    notice = null;
    index = await read();
    show();
  }
};
