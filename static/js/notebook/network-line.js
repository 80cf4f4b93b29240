// @ts-check
// The network and what waits, in words, with the way to « Mes envois »; it keeps itself up to date.

import { SENDING } from "./addresses.js";
import { make } from "../core/dom.js";
import { network, onNetwork } from "./sync.js";

export const networkLine = () => {
  const words = make("span", { "data-network": true });
  const tell = () => {
    const { sentence } = network();
    if (words.textContent !== sentence) words.replaceChildren(sentence);
  };
  tell();
  onNetwork(tell);
  return make("p", {}, words, " ", make("a", { class: "nowrap", href: SENDING }, "Mes envois"));
};
