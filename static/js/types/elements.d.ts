// What core/dom.js makes elements of.

export type Child = string | number | Node | null | undefined | false | "" | Child[];

type Value = string | number | boolean | null | undefined;
type Handlers<E> = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name] & { currentTarget: E }) => unknown;
};
type Names =
  | "accept" | "autocomplete" | "checked" | "class" | "disabled" | "download" | "for" | "hidden" | "href" | "id" | "max"
  | "maxlength" | "method" | "name" | "novalidate" | "open" | "required" | "role" | "rows" | "scope" | "selected" | "tabindex" | "type" | "value"
  | "d" | "fill" | "fill-opacity" | "height" | "stroke" | "stroke-linecap" | "stroke-linejoin" | "stroke-opacity"
  | "stroke-width" | "viewBox" | "width" | "x" | "y";

/** Attributes, properties and handlers of one element; null, undefined and false are left out. */
export type Attributes<E> = Handlers<E> & { [Name in Names]?: Value } & { [Name in `aria-${string}` | `data-${string}`]?: Value };
