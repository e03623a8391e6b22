// <hubkey-sign-in>: which state it is in, and what it does about that. What it is made of: element-view.js.

import { clientFor, configured, landing, NAMES, nobody, told } from "./element-client.js";
import { view } from "./element-view.js";
import { say, WORDS } from "./element-words.js";

/** Set on an element before its class was known, these would hide what the class has under their names. */
const PROPERTIES = ["hub", "words"];
/** What may be over once the device is online again. */
const PASSING = ["network", "offline", "timeout"];

/** A framework may write `popup="false"`. */
const flag = (element, name) => element.hasAttribute(name) && element.getAttribute(name) !== "false";

// A server that renders a page may import this too.
export class HubkeySignIn extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = NAMES;

  #view = view(this, {
    signIn: () => this.#signIn(),
    here: () => this.#signIn(false),
    signOut: () => this.#signOut(),
    cancel: () => this.#stop(),
    again: () => this.#again(),
  });
  /** Given by the page; else the attributes make one. */
  #given;
  #hub;
  /** The given one, or what the attributes said. */
  #from;
  #due = false;
  #unsubscribe;
  #session;
  #change;
  #starting = false;
  /** A sign-in or sign-out of this element's own; `kind` tells which. */
  #making;
  #again;
  #error;
  #news;
  /** Whether the page was told of a sign-in last. */
  #greeted = false;
  /** The sign-in whose person was asked for. */
  #asked;
  #words = WORDS;
  #state = "busy";
  #ready;
  #resolve;

  get hub() { return this.#given ?? this.#hub; }
  set hub(hub) {
    this.#given = hub ?? undefined;
    this.#schedule();
  }

  get ready() { return (this.#ready ??= new Promise((resolve) => (this.#hub ? resolve(this.#hub) : (this.#resolve = resolve)))); }
  get state() { return this.#state; }
  get error() { return this.#error; }

  get words() { return this.#words; }
  set words(some) {
    this.#words = Object.freeze({ ...WORDS, ...some });
    if (this.isConnected) this.#show();
  }

  focus(options) { this.#view.focus(options); }

  connectedCallback() {
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    addEventListener("pageshow", this.#back);
    addEventListener("online", this.#online);
    // Until it is known who is signed in.
    if (!this.#from) this.#starting = true;
    this.#show();
    this.#schedule();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.#back);
    removeEventListener("online", this.#online);
    this.#schedule();
  }

  attributeChangedCallback() { this.#schedule(); }

  /** Later and once: a framework sets one attribute after the other, and moves an element by taking it out. */
  #schedule() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      const from = this.isConnected ? this.#given ?? configured(this) : undefined;
      // Without any there is nothing to wait for.
      if (from !== this.#from || this.#starting) this.#begin(from);
    });
  }

  async #begin(from) {
    this.#unsubscribe?.();
    this.#making?.abort();
    this.#from = from;
    this.#hub = this.#unsubscribe = this.#session = this.#change = this.#making = this.#error = this.#news = this.#asked = undefined;
    this.#greeted = false;
    this.#starting = !!from;
    if (this.isConnected) this.#show();
    if (!from) return;
    try {
      const hub = await (typeof from === "string" ? clientFor(from) : from);
      if (from !== this.#from) return;
      this.#hub = hub;
      this.#resolve?.(hub);
      const came = landing(hub, this.#how());
      if (came) void this.#run("landing", () => came);
      this.#unsubscribe = hub.subscribe((session, change) => this.#heard(session, change));
      // Then the store was read, or cannot be: either way there is something to press.
      await hub.getToken().catch(() => {});
    } catch (error) {
      if (from === this.#from) this.#fail(error, () => this.#begin(from));
    }
    if (from !== this.#from) return;
    this.#starting = false;
    this.#show();
  }

  #heard(session, change) {
    this.#session = session;
    this.#change = change;
    if (session.status !== "unknown") this.#starting = false;
    // Its own it tells with more, when it is done.
    if (!this.#making) this.#settle(change);
    this.#show();
  }

  /** Tells the page where somebody signed in or out. */
  #settle(change = { kind: "loaded", elsewhere: false }, made) {
    const { status, profile, identity, persisted } = this.#session ?? {}, { kind, elsewhere } = change;
    const isIn = status === "signed_in";
    if (isIn && !identity && this.#asked !== (profile ?? true)) {
      this.#asked = profile ?? true;
      // What comes of it is heard as a change of the session.
      this.#hub.whoami().catch(() => {});
    }
    if (isIn === this.#greeted && !(isIn && (made || kind === "switch"))) return;
    this.#greeted = isIn;
    this.#news = undefined;
    if (isIn) {
      this.#error = undefined;
      if (kind !== "loaded") this.#news = this.#named(made ?? identity);
      const { returnTo, grantedScopes, state, warnings } = made ?? {};
      const goes = this.#tell("signin", { kind, elsewhere, identity, persisted, ...(made && { grantedScopes, warnings, returnTo, state }) }, !!returnTo);
      // A sign-in in memory would be lost on the way.
      if (returnTo && goes && persisted) location.assign(returnTo);
    } else {
      this.#asked = undefined;
      this.#news = this.#words.signedOut;
      this.#tell("signout", { kind, elsewhere });
    }
  }

  #named(identity) {
    const name = identity?.fullname || identity?.name;
    return name ? say(this.#words, "signedInAs", name) : this.#words.signedIn;
  }

  #how() { return this.hasAttribute("remember") ? { remember: flag(this, "remember") } : {}; }

  /** In a frame by a window of its own: the Hub's page refuses to be framed. */
  #signIn(popup = flag(this, "popup") || self !== top) {
    if (!this.#hub) return this.#from ? void this.#begin(this.#from) : this.#fail(nobody());
    const returnTo = this.getAttribute("return-to");
    const how = { ...this.#how(), popup, ...(returnTo && { returnTo }) };
    // Nothing is awaited before it: only within the click may a window be opened.
    void this.#run(popup ? "popup" : "redirect", (signal) => this.#hub.signIn({ ...how, signal }), () => this.#signIn(popup));
  }

  #signOut() { void this.#run("sign-out", () => this.#hub.logout(), () => this.#signOut()); }

  /** One at a time, and what came of it. */
  async #run(kind, work, again) {
    if (this.#making || !this.#hub) return;
    const by = (this.#making = Object.assign(new AbortController(), { kind }));
    this.#error = this.#news = undefined;
    this.#show();
    let answer, failed;
    try { answer = await work(by.signal); } catch (error) { failed = { error }; }
    if (this.#making !== by) return;
    // The page is on its way to the Hub, and busy until it is gone.
    if (kind === "redirect" && !failed) return;
    this.#making = undefined;
    this.#settle(answer ? { kind: "login", elsewhere: false } : this.#change, answer ?? undefined);
    if (failed && failed.error?.code !== "aborted") this.#fail(failed.error, again);
    this.#show();
  }

  #stop() {
    this.#making?.abort();
    this.#making = undefined;
    this.#settle(this.#change);
    this.#show();
  }

  #fail(error, again = () => this.#signIn()) {
    this.#error = told(error);
    this.#again = again;
    // Whoever was asked and said no, or closed the window, has no trouble with windows. A frame cannot leave for the Hub.
    this.#view.offersHere = this.#error.code === "popup_blocked" && self === top;
    this.#tell("error", { error: this.#error });
    this.#show();
  }

  /** Back from the Hub's page by the browser's own button: the page is as it was left. */
  #back = ({ persisted }) => { if (persisted && this.#making?.kind === "redirect") this.#stop(); };

  #online = () => {
    if (!PASSING.includes(this.#error?.code)) return;
    this.#error = undefined;
    this.#show();
  };

  /** @returns {boolean} false where a listener prevented what would follow */
  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`hubkey-${name}`, { detail, cancelable, bubbles: true, composed: true }));
  }

  #show() {
    const { status, identity } = this.#session ?? {};
    const kind = this.#making?.kind, working = !!kind && kind !== "sign-out";
    const isIn = status === "signed_in";
    this.#state = working || this.#starting ? "busy" : this.#error ? "error" : isIn ? "signed-in" : "signed-out";
    this.setAttribute("state", this.#state);
    this.#view.show({
      words: this.#words, identity, working, error: this.#error,
      busy: this.#state === "busy",
      signedIn: isIn && !working,
      stoppable: kind === "popup" || kind === "redirect",
      page: identity && identity.type !== "app" ? `${this.#hub.endpoint}/${encodeURIComponent(identity.name)}` : undefined,
      // One that is not renewed any more is dropped from the store: then only the change tells it from a sign-out.
      ended: !isIn && !working && (status === "expired" || this.#change?.kind === "expired"),
      news: this.#news,
    });
  }
}
