/**
 * hubkey/elements: `<hubkey-sign-in>`, a button that signs in with Hugging Face and then shows who is signed in. Importing it
 * defines the element; where there are no elements, as on a server that renders pages, importing it does nothing.
 *
 * @example
 * ```html
 * <script type="module">import "hubkey/elements";</script>
 * <hubkey-sign-in client-id="…" scopes="read-repos inference-api"></hubkey-sign-in>
 * ```
 * @module
 */

import type { Hub, HubError, Scope, SessionChange, SessionIdentity, Warning } from "./index.js";

/**
 * The attributes of `<hubkey-sign-in>`. Those up to `store` make a client, one for all elements of the page that say the
 * same; an element whose `hub` is set needs none of them.
 *
 * Declare them to a framework that knows elements by its own list, such as React:
 * ```ts
 * declare module "react" {
 *   namespace JSX {
 *     interface IntrinsicElements { "hubkey-sign-in": HubkeySignInAttributes & React.HTMLAttributes<HubkeySignIn> }
 *   }
 * }
 * ```
 */
export interface HubkeySignInAttributes {
  /** Of the app that asks; empty in a Space with `hf_oauth: true`, which has its own. Without it the element waits for its `hub`. */
  "client-id"?: string;
  /** What to ask for besides who it is, with spaces between: `read-repos inference-api`. */
  scopes?: string;
  /** Where the Hub sends the person back to; may be relative. Default: the page itself. An element has to be there too. */
  "redirect-url"?: string;
  /** Default `https://huggingface.co`. */
  endpoint?: string;
  /**
   * Where the sign-in is kept. `vault` (the default) is encrypted, there after a restart and the same in all tabs; where the
   * browser gives no database it ends with the tab, or with the page. `local` lasts too, as plain text. `session` ends with the
   * tab, `memory` with the page.
   */
  store?: "vault" | "session" | "local" | "memory";
  /** Signs in by a window of its own, and leaves the page where it is. In a frame that is so anyway. */
  popup?: boolean | "" | "true" | "false";
  /** As the option of that name of `hub.signIn`: `false` keeps the sign-in in memory, as on somebody else's computer. */
  remember?: boolean | "" | "true" | "false";
  /** A path of this origin to go to after a sign-in that the store keeps. Prevent `hubkey-signin` to stay. */
  "return-to"?: string;
  /** In place of the page's `color-scheme`. */
  theme?: "light" | "dark";
  /** Written by the element, for style sheets: `hubkey-sign-in[state="signed-in"]`. */
  state?: SignInState;
}

/** What `<hubkey-sign-in>` shows. `busy`: a sign-in is under way, or it is not known yet who is signed in. */
export type SignInState = "busy" | "signed-out" | "signed-in" | "error";

/** The words that it shows and says; `{name}` becomes the person's. */
export interface SignInWords {
  /** `Sign in with Hugging Face` */
  signIn: string;
  /** `Signing in…` */
  busy: string;
  /** `Cancel` */
  cancel: string;
  /** `Try again` */
  again: string;
  /** `Continue in this tab`: offered where the browser opened no window. */
  here: string;
  /** `Signed in`, of somebody whose name is not known. */
  signedIn: string;
  /** `Signed in as {name}` */
  signedInAs: string;
  /** `View profile` */
  profile: string;
  /** `Sign out` */
  signOut: string;
  /** `Signed out` */
  signedOut: string;
  /** `Your sign-in has ended. Sign in again to go on.` */
  ended: string;
  /** `This device seems to be offline.` */
  offline: string;
}

/** What `hubkey-signin` says: somebody is signed in now, by this element or otherwise. Without any token. */
export interface SignInDetail {
  /** `loaded`: from before, as after a reload; `switch`: another profile is in use. */
  kind: SessionChange["kind"];
  /** Whether another client did it, in this page or in another tab. */
  elsewhere: boolean;
  /** Absent until it is known: then see `hub.subscribe`. */
  identity?: SessionIdentity;
  /** Whether it outlives the page. */
  persisted?: boolean;
  /** What was granted. This and the following: of a sign-in by this very element alone. */
  grantedScopes?: Scope[];
  /** Where the person wanted to go: a path of this origin. */
  returnTo?: string;
  /** What `hub.signIn` was given to have it back. */
  state?: unknown;
  /** What a careful person would want to know. */
  warnings?: Warning[];
}

/** What `hubkey-signout` says: nobody is signed in any more. */
export interface SignOutDetail {
  /** `expired`: the sign-in has ended by itself. */
  kind: SessionChange["kind"];
  /** Whether another client did it, in this page or in another tab. */
  elsewhere: boolean;
}

/** The events of `<hubkey-sign-in>`. They bubble, out of shadow trees too. */
export interface HubkeySignInEventMap {
  /** Cancelable where there is somewhere to go to: see `return-to`. */
  "hubkey-signin": CustomEvent<SignInDetail>;
  /** Also where another tab signed out. */
  "hubkey-signout": CustomEvent<SignOutDetail>;
  /** What the element shows; not told of what the person stopped. */
  "hubkey-error": CustomEvent<{ error: HubError }>;
}

/**
 * `<hubkey-sign-in>`. It follows its client: whoever signs in or out by other ways, in another tab too, is shown all the
 * same. A callback of the Hub that it finds in the page's address it takes from there and finishes.
 *
 * Slots: `label` (in place of the words on the button), `menu` (links and buttons of your own above "View profile").
 * Parts: `button`, `cancel`, `account`, `avatar`, `name`, `panel`, `profile`, `sign-out`, `status`, `message`, `hint`, `again`, `here`.
 * Custom properties: `--hubkey-accent`, `--hubkey-on-accent`, `--hubkey-surface`, `--hubkey-text`, `--hubkey-soft`,
 * `--hubkey-border`, `--hubkey-hover`, `--hubkey-danger`, `--hubkey-focus`, `--hubkey-radius`, `--hubkey-font`.
 * Light and dark follow the page's `color-scheme`. Works under a policy of `style-src 'self'` and
 * `require-trusted-types-for 'script'`; without `img-src` for the picture it shows initials.
 *
 * @example With a client of your own
 * ```ts
 * import { Hub, localStore } from "hubkey";
 * import { oauth } from "hubkey/oauth";
 * import "hubkey/elements";
 *
 * const button = document.querySelector("hubkey-sign-in")!;
 * button.hub = new Hub({ store: localStore(), oauth: oauth({ clientId: "…", scopes: ["read-repos"] }) });
 * button.addEventListener("hubkey-signin", ({ detail }) => greet(detail.identity?.name));
 * ```
 */
export class HubkeySignIn extends HTMLElement {
  /**
   * The client: yours, or the one that was made of the attributes, once there is one. Frameworks must not make it reactive:
   * `markRaw(hub)` in Vue.
   */
  get hub(): Hub | undefined;
  set hub(hub: Hub | undefined);
  /** The client as soon as there is one. Stays pending while none can be made. */
  readonly ready: Promise<Hub>;
  /** What it shows. */
  readonly state: SignInState;
  /** What it shows in state `error`. */
  readonly error: HubError | undefined;
  /** In other languages: set those that you have. */
  get words(): Readonly<SignInWords>;
  set words(words: Partial<SignInWords>);
  /** See {@link HubkeySignInEventMap}. */
  addEventListener<K extends keyof HubkeySignInEventMap>(type: K, listener: (this: HubkeySignIn, event: HubkeySignInEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  /** As of every element. */
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  /** See {@link HubkeySignInEventMap}. */
  removeEventListener<K extends keyof HubkeySignInEventMap>(type: K, listener: (this: HubkeySignIn, event: HubkeySignInEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  /** As of every element. */
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "hubkey-sign-in": HubkeySignIn;
  }
}
