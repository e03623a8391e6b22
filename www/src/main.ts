// Which view is shown: looking for a token, the form, or the person.

import "./styles/theme.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/layout.css";
import "./styles/form.css";
import "./styles/person.css";
import "./styles/scopes.css";
import "./styles/models.css";
import "./styles/checks.css";

import { announce, fill, h } from "./dom.ts";
import { canCard } from "./parts/can.ts";
import { diagnosisCard } from "./parts/diagnosis.ts";
import { modelsCard } from "./parts/models.ts";
import { orgsCard } from "./parts/orgs.ts";
import { problem } from "./parts/problem.ts";
import { profile } from "./parts/profile.ts";
import { profilesCard } from "./parts/profiles.ts";
import { rawCard } from "./parts/raw.ts";
import { scopesCard } from "./parts/scopes.ts";
import { signInView } from "./parts/signin.ts";
import { tokenCard } from "./parts/token.ts";
import { clientOf, endpoint, follow, isCallback, recall, resume, signOut, type Place, type Session } from "./session.ts";

const TITLE = "Token inspector · hubkey";
const main = document.getElementById("main") as HTMLElement;

/** Ends what the view of a session still awaits. */
let viewing: AbortController | undefined;

async function start(): Promise<void> {
  const where = document.getElementById("where");
  if (where) fill(where, h("span", { class: "soft" }, "Hub: "), new URL(endpoint).host);
  const place = isCallback() ? undefined : await recall();
  if (place) await enter(place);
  else showSignIn();
}

/** Goes on with the token that is kept there from before. */
async function enter(place: Place): Promise<void> {
  viewing?.abort();
  const wait = new AbortController();
  show(h("div", { class: "view", "aria-busy": "true" },
    h("div", { class: "hero" }, h("h1", {}, "Welcome back"), h("p", {}, "A token is kept here. Asking the Hub whose it is…")),
    h("p", { class: "actions" }, h("button", { type: "button", class: "button", click: () => wait.abort() }, "Stop"))));
  try {
    showSession(await resume(place, wait.signal));
  } catch (error) {
    show(h("div", { class: "view" },
      h("div", { class: "hero" }, h("h1", {}, "Welcome back"), h("p", {}, "A token is kept here, but the Hub was not able to say whose it is.")),
      problem(error, { label: "Try again", run: () => enter(place) }, { label: "Forget the token", run: () => leave(place) })));
  }
}

function showSignIn(...notes: readonly HTMLElement[]): void {
  viewing?.abort();
  const { signal } = (viewing = new AbortController());
  document.title = TITLE;
  // What comes back from the Hub is for the element in it.
  show(...notes, signInView({ signedIn: showSession, granted: (place) => void enter(place) }), diagnosisCard(() => clientOf("memory"), signal));
}

/** The form beside a sign-in that stays. */
function showAnother(it: Session): void {
  viewing?.abort();
  const { signal } = (viewing = new AbortController());
  document.title = TITLE;
  const back = h("p", { class: "actions" }, h("button", { type: "button", class: "button", click: () => showSession(it) }, `Back to ${it.me.name}`));
  show(back, signInView({ signedIn: showSession }), diagnosisCard(() => clientOf("memory"), signal));
}

function showSession(it: Session): void {
  const { me } = it;
  viewing?.abort();
  const { signal } = (viewing = new AbortController());
  document.title = `${me.name} · ${TITLE}`;
  show(h("div", { class: "view signed-in" },
    profile(me, () => leave(it.place)),
    h("div", { class: "pair" }, tokenCard(it), orgsCard(me)),
    profilesCard(it, { add: () => showAnother(it), changed: () => again(it.place) }),
    canCard(it, signal),
    scopesCard(it),
    modelsCard(it, signal),
    diagnosisCard(() => it.hub, signal),
    rawCard(me)));
  follow(it.hub, signal, (change) => void elsewhere(it.place, change));
  document.getElementById("who")?.focus();
  announce(`Signed in as ${me.name}.`);
}

/** Puts a view in place of the one before; who was inside that one is not sent back to the top of the page. */
function show(...view: readonly HTMLElement[]): void {
  const inside = main.contains(document.activeElement) && document.activeElement !== main;
  fill(main, ...view);
  if (inside) main.focus();
}

async function leave(place: Place): Promise<void> {
  viewing?.abort();
  const failure = await signOut(place).then(() => undefined, (error: unknown) => problem(error));
  showSignIn(...(failure ? [failure] : []));
  announce(failure ? "" : "Signed out. The token is forgotten here.");
  document.getElementById("token")?.focus();
}

/** What happened without this page: it must not go on showing a person whose token is gone, replaced or over. */
async function elsewhere(place: Place, change: "gone" | "replaced" | "ended"): Promise<void> {
  if (change === "replaced") return enter(place);
  const ended = "The sign-in has ended: sign in again to go on.";
  showSignIn(...(change === "ended" ? [h("p", { class: "note" }, ended)] : []));
  announce(change === "ended" ? ended : "Signed out in another tab.");
}

/** After a change here: whoever is signed in now, or nobody. */
async function again(place: Place): Promise<void> {
  if (await clientOf(place).getToken().catch(() => null)) await enter(place);
  else showSignIn();
}

void start();
