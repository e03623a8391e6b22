// Elements from code. Text goes in as text, never as markup: much of it was written by strangers.

type Child = Node | string | number | false | null | undefined | readonly Child[];
type Listener = (event: Event) => unknown;
type Attributes = Record<string, string | number | boolean | undefined | Listener>;

/** An element. `true` is an attribute without a value; `false` and `undefined` leave it out; functions are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** A link that opens beside this page and is not told where it came from. */
export const link = (href: string, ...children: Child[]): HTMLAnchorElement =>
  h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);

/** An address from the Hub becomes a link only if it is one of the web. */
export const isWebAddress = (href: string): boolean => /^https?:\/\//.test(href);

export const chip = (text: string, tone = ""): HTMLElement => h("span", { class: `chip ${tone}`.trim() }, text);

export const code = (text: string): HTMLElement => h("code", {}, text);

/** A list of names and values; a row whose value is absent is left out. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  const isAbsent = (it: Child) => it === undefined || it === null || it === false || it === "";
  return h("dl", { class: "facts" },
    rows.filter(([, value]) => !isAbsent(value)).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** Says something to those who cannot see it happen. */
export function announce(text: string): void {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}
