// What the element is made of, and how that shows a state. Text goes in as text; no markup is parsed and no style written
// inline, so that the strictest page takes it.

import { disclosure } from "./element-panel.js";
import { style } from "./element-style.js";
import { initials, say, sentence } from "./element-words.js";

// Drawn for this package.
const KEY = "M33 41a10 10 0 1 1-20 0 10 10 0 1 1 20 0M30.500 33.500 48 16m-8.500 8.500 7.500 7.500";
const CHEVRON = "M14 24 32 42 50 24";

const make = (tag, attributes, ...children) => {
  const it = document.createElement(tag);
  for (const name in attributes) it.setAttribute(name, attributes[name]);
  it.append(...children);
  return it;
};

const drawing = (d, name) => {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  for (const [key, value] of [["viewBox", "0 0 64 64"], ["aria-hidden", "true"], ["class", name]]) svg.setAttribute(key, value);
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
};

const button = (part, kind, ...children) => make("button", { type: "button", part, class: `control ${kind}` }, ...children);

/** An address from the Hub or a stranger becomes a link or a picture only if it is one of the web. */
const isOfTheWeb = (url) => /^https?:\/\//i.test(url ?? "");

/** @param {HTMLElement} host @param {Record<"signIn" | "cancel" | "again" | "here" | "signOut", () => void>} ways */
export const view = (host, ways) => {
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style()];

  const slot = make("slot", { name: "label" }), waiting = make("span");
  const main = button("button", "main", make("span", { class: "mark" }, drawing(KEY, "key")), make("span", { class: "label" }, slot, waiting));
  const cancel = button("cancel", "");
  const face = make("span", { class: "face", part: "avatar", "aria-hidden": "true" }), shownName = make("bdi", { part: "name" });
  const account = button("account", "account", face, shownName, drawing(CHEVRON, "chevron"));
  const whole = make("b", { dir: "auto" }), short = make("span", { dir: "auto" });
  const profile = make("a", { part: "profile", class: "control", target: "_blank", rel: "noopener noreferrer" }), signOut = button("sign-out", "");
  const panel = make("div", { part: "panel", class: "panel", id: "panel", hidden: "" }, make("p", { class: "who" }, whole, short), make("slot", { name: "menu" }), profile, signOut);
  const status = make("div", { role: "status", part: "status" });
  const again = button("again", ""), here = button("here", ""), actions = make("div", { class: "actions" }, again, here);
  root.append(make("div", { class: "row" }, main, cancel, account), panel, status, actions);

  main.addEventListener("click", () => main.ariaDisabled === "true" || ways.signIn());
  for (const [one, way] of [[cancel, "cancel"], [again, "again"], [here, "here"]]) one.addEventListener("click", () => ways[way]());
  const menu = disclosure(host, account, panel);
  signOut.addEventListener("click", () => { menu.close(); ways.signOut(); });

  let pictured, spoken;
  const picture = (name, url) => {
    const letters = initials(name), now = letters + url;
    if (now === pictured) return;
    pictured = now;
    face.className = "face";
    // Not as text: it is no part of the button's name.
    face.dataset.letters = letters;
    face.replaceChildren(...(letters ? [] : [drawing(KEY, "key")]));
    if (!isOfTheWeb(url)) return;
    // Decoration: the name stands beside it. Where it does not load, or the page's policy refuses it, the letters stay.
    const image = make("img", { alt: "", referrerpolicy: "no-referrer", decoding: "async" });
    image.addEventListener("load", () => face.classList.add("loaded"));
    image.addEventListener("error", () => image.remove());
    image.src = url;
    face.append(image);
  };

  /** Said once by screen readers; the same again would be noise. */
  const tell = (lines, visible) => {
    const now = `${visible} ${lines.join("\n")}`;
    if (now === spoken) return;
    spoken = now;
    status.className = visible ? "problem" : "unseen";
    status.replaceChildren(...lines.map((text, at) => make("p", { class: at ? "hint" : "message", part: at ? "hint" : "message" }, text)));
  };

  const show = ({ words, busy, working, stoppable, signedIn, identity, page, error, ended, news }) => {
    const name = identity?.fullname || identity?.name || "", before = root.activeElement;

    slot.textContent = words.signIn;
    slot.hidden = working;
    waiting.textContent = working ? words.busy : "";
    main.hidden = signedIn;
    main.ariaBusy = main.ariaDisabled = busy ? "true" : null;
    cancel.hidden = !stoppable;
    cancel.textContent = words.cancel;

    account.hidden = !signedIn;
    if (!signedIn) menu.close();
    picture(name, identity?.avatarUrl);
    shownName.textContent = whole.textContent = name || words.signedIn;
    // The name that one sees is in the name that one hears.
    account.ariaLabel = name ? say(words, "signedInAs", name) : words.signedIn;
    short.textContent = identity?.fullname ? identity.name : "";
    profile.hidden = !isOfTheWeb(page);
    if (!profile.hidden) profile.href = page;
    profile.textContent = words.profile;
    signOut.textContent = words.signOut;

    if (error) tell([...(navigator.onLine === false ? [words.offline] : []), sentence(error.message), sentence(error.hint)], true);
    else tell(ended ? [words.ended] : news ? [news] : [], ended);
    actions.hidden = !error;
    again.textContent = words.again;
    here.hidden = !it.offersHere;
    here.textContent = words.here;

    // Who was on what is gone now goes on with what stands in its place.
    if (before && !before.getClientRects().length) it.focus();
  };

  const it = { show, offersHere: false, focus: (options) => (main.hidden ? account : main).focus(options) };
  return it;
};
