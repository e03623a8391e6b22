// The page: three files without any secret in them, the same for everybody.

/** Nothing from elsewhere but pictures, no inline script or style, in nobody's frame. */
export const headers = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
};

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>My models</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>

<header>
  <strong>My models</strong>
  <form method="post" action="/auth/logout" data-for="in" hidden><button>Sign out</button></form>
</header>

<main>
  <p id="busy" role="status">One moment …</p>

  <section data-for="out" hidden>
    <h1>Your models, on one page</h1>
    <p>Sign in, and this page shows what you have on the Hub, private models too. Your token stays on the server: this page never gets it.</p>
    <p><a class="sign-in" href="/auth/login?returnTo=/">Sign in with Hugging Face</a></p>
  </section>

  <section data-for="in" hidden>
    <div class="person">
      <div class="avatar" aria-hidden="true"><span id="initial"></span><img id="avatar" alt="" width="56" height="56" referrerpolicy="no-referrer" hidden></div>
      <div><h1 id="fullname"></h1><p id="name"></p></div>
    </div>
    <ul id="scopes" class="scopes" aria-label="What this app may do"></ul>
    <h2>Models</h2>
    <ul id="models" class="models"></ul>
    <p id="none" hidden>There are none yet.</p>
  </section>

  <p id="problem" role="alert" hidden></p>
</main>
</html>
`;

const css = `:root {
  --ink: #1c1b1a; --soft: #6a6762; --line: #e3e0da; --paper: #fdfcfa; --card: #fff; --accent: #ffd21e; --on-accent: #1c1b1a; --private: #7a4b00;
  color-scheme: light dark;
  font: 100%/1.5 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2efe9; --soft: #a8a39a; --line: #37342f; --paper: #161513; --card: #1f1d1a; --private: #ffcf70; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; }
header { display: flex; align-items: center; justify-content: space-between; min-height: 4rem; padding: .5rem max(1.25rem, calc(50vw - 24rem)); border-bottom: 1px solid var(--line); }
main { max-width: 50.5rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
section > p { max-width: 36rem; color: var(--soft); }
a { color: inherit; }
button, .sign-in { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 1.1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); color: inherit; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.sign-in { margin-top: .5rem; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:hover, .sign-in:hover { filter: brightness(.96); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.person { display: flex; align-items: center; gap: 1rem; }
.avatar { position: relative; display: grid; place-items: center; flex: none; width: 56px; height: 56px; overflow: hidden; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-size: 1.5rem; font-weight: 700; }
.avatar img { position: absolute; inset: 0; }
.person h1, .person p { margin: 0; }
.person p { color: var(--soft); }
.scopes { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.scopes li { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; color: var(--soft); }
.models { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: .8rem; background: var(--card); overflow: hidden; }
.models:empty { display: none; }
.models li { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .75rem; padding: .8rem 1rem; }
.models li + li { border-top: 1px solid var(--line); }
.models b { font-weight: 600; }
.models .private { font-size: .8rem; color: var(--private); border: 1px solid currentColor; border-radius: .4rem; padding: 0 .4rem; }
.models span:last-child { margin-left: auto; font-size: .85rem; color: var(--soft); }
#problem { padding: .8rem 1rem; border: 1px solid currentColor; border-radius: .6rem; color: #b3261e; }
@media (prefers-color-scheme: dark) { #problem { color: #ff8a80; } }
`;

const js = `const $ = (id) => document.getElementById(id);
const show = (who) => document.querySelectorAll("[data-for]").forEach((it) => { it.hidden = it.dataset.for !== who; });

const ask = async (path) => {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const it = await response.json();
  if (!response.ok) throw Object.assign(new Error(it.error.message), it.error);
  return it;
};

const item = (...parts) => {
  const li = document.createElement("li");
  for (const [tag, text, name] of parts) {
    const it = document.createElement(tag);
    it.textContent = text;
    if (name) it.className = name;
    li.append(it);
  }
  return li;
};
const day = (iso) => new Date(iso).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });

const person = ({ identity, scopes }) => {
  $("fullname").textContent = identity?.fullname ?? identity?.name ?? "Signed in";
  $("name").textContent = identity?.name ?? "";
  $("scopes").replaceChildren(...scopes.map((it) => item(["span", it])));
  $("initial").textContent = (identity?.fullname ?? identity?.name ?? "?").charAt(0).toUpperCase();
  if (!identity?.avatarUrl) return;
  $("avatar").onload = () => { $("avatar").hidden = false; };
  $("avatar").src = identity.avatarUrl;
};

const models = (all) => {
  $("models").replaceChildren(...all.map((it) => item(
    ["b", it.id],
    ...(it.private ? [["span", "private", "private"]] : []),
    ["span", [it.likes + (it.likes === 1 ? " like" : " likes"), it.lastModified && day(it.lastModified)].filter(Boolean).join(" · ")],
  )));
  $("none").hidden = all.length > 0;
};

try {
  const session = await ask("/auth/session");
  show(session.signedIn ? "in" : "out");
  if (session.signedIn) {
    person(session);
    models(await ask("/api/models"));
  }
} catch (error) {
  // Ended meanwhile: the Hub renews it no more.
  if (/^(signed_out|no_token)$/.test(error.code)) show("out");
  $("problem").textContent = [error.message, error.hint].filter(Boolean).join(": ");
  $("problem").hidden = false;
} finally {
  $("busy").hidden = true;
}
`;

export const files = {
  "/": { type: "text/html; charset=utf-8", body: html },
  "/page.css": { type: "text/css; charset=utf-8", body: css },
  "/page.js": { type: "text/javascript; charset=utf-8", body: js },
};
