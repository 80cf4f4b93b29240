// @ts-check
// The addresses that the notebook calls. tests/evaluations/notebook/test_offline_pages.py compares them with the urls of Django.

export const ENTRY = "/saisie/";
export const ROLL_CALL = "/saisie/appel/";
export const SENDING = "/saisie/envois/";
export const SHELL = "/saisie/hors-reseau/";
export const WORKER = "/saisie/sw.js";
export const NOTEBOOK = "/saisie/carnet.json";
export const SEND = "/saisie/envoi/";
export const RECEIPT = "/saisie/recu/";

/** The page of login, and back here afterwards. */
export const loginAddress = (back = window.location.pathname + window.location.search) =>
  `/connexion/?next=${encodeURIComponent(back === SHELL ? ENTRY : back)}`;
