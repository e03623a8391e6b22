// <hubkey-sign-in> over a client that the test leads: its states, its events, and its use by keyboard.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { ACCOUNT, SIGN_IN, asked, button, element, focused, openPage, signedIn, state, status, told } from "./elements/open.mjs";
import { endpoint, launch, serve } from "./surroundings.mjs";

let browser, files;
before(async () => {
  browser = await launch();
  files = await serve(import.meta.dirname);
});
after(async () => {
  await browser?.close();
  files?.close();
});

const open = (t, options) => openPage(t, browser, files, options);

describe("signing in", () => {
  test("leaves the page, and is busy until it is gone", async (t) => {
    const page = await open(t);
    await state(page, "signed-out");
    await button(page, SIGN_IN).click();
    await state(page, "busy");
    assert.deepEqual(await asked(page), [{ signIn: { popup: false }, within: true }]);
    const main = button(page, "Signing in…");
    assert.deepEqual([await main.getAttribute("aria-busy"), await main.getAttribute("aria-disabled")], ["true", "true"]);
    await main.click({ force: true });
    assert.equal((await asked(page)).length, 1, "a second press begins no second sign-in");
    // Back by the browser's own button, the page is as it was left.
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await state(page, "signed-out");
    assert.deepEqual(await told(page), []);
  });

  test("in a window of its own, within the click", async (t) => {
    const page = await open(t);
    await page.evaluate(() => { for (const name of ["popup", "remember"]) globalThis.element.setAttribute(name, ""); });
    await button(page, SIGN_IN).press("Enter");
    assert.deepEqual(await asked(page), [{ signIn: { popup: true, remember: true }, within: true }]);
    await page.evaluate(() => globalThis.hub.succeed());
    await state(page, "signed-in");
    assert.equal(await focused(page), ACCOUNT, "the focus stays with what stands in the button's place");
    assert.equal(await status(page), ACCOUNT);
    const [{ name, kind, elsewhere, identity, persisted, grantedScopes, cancelable }, ...more] = await told(page);
    assert.deepEqual([name, kind, elsewhere, identity.name, persisted, grantedScopes, cancelable], ["signin", "login", false, "ada", true, ["openid", "profile"], false]);
    assert.deepEqual(more, []);
  });

  test("in a window can be given up", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.setAttribute("popup", "true"));
    await button(page, SIGN_IN).click();
    await button(page, "Cancel").click();
    await state(page, "signed-out");
    assert.equal(await focused(page), SIGN_IN);
    assert.deepEqual([(await asked(page)).at(-1), await told(page)], ["aborted", []]);
  });

  test("says what failed and what to do, and tries again", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    await button(page, SIGN_IN).click();
    await page.evaluate(() => globalThis.fail("timeout"));
    await state(page, "error");
    assert.equal(await status(page), "No answer within 10 seconds.\n\nTry again.");
    assert.deepEqual((await told(page)).map(({ name, error }) => [name, error.code]), [["error", "timeout"]]);
    assert.equal(await page.evaluate(() => globalThis.element.error.code), "timeout");
    await button(page, "Try again").click();
    await state(page, "busy");
    assert.equal(await status(page), "");
    assert.deepEqual((await asked(page)).map((it) => it.signIn.popup), [true, true]);
  });

  test("leaves the page instead where the browser opens no window, and for no other reason", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    await button(page, SIGN_IN).click();
    // Refused, closed, gone back.
    for (const code of ["access_denied", "timeout"]) {
      await page.evaluate((code) => globalThis.fail(code), code);
      await button(page, "Try again").waitFor();
      assert.equal(await button(page, "Continue in this tab").count(), 0, code);
      await button(page, "Try again").click();
    }
    await page.evaluate(() => globalThis.fail("popup_blocked", "the browser opened no window", "allow windows"));
    await button(page, "Continue in this tab").click();
    assert.deepEqual((await asked(page)).map((it) => it.signIn.popup), [true, true, true, false]);
  });

  test("offers no other way where it left the page by itself", async (t) => {
    const page = await open(t);
    await button(page, SIGN_IN).click();
    await page.evaluate(() => globalThis.fail("network"));
    await button(page, "Try again").waitFor();
    assert.equal(await button(page, "Continue in this tab").count(), 0);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await state(page, "signed-out");
  });

  test("tells of being offline", async (t) => {
    const page = await open(t);
    await page.context().setOffline(true);
    await button(page, SIGN_IN).click();
    await page.evaluate(() => globalThis.fail("network", "no answer"));
    await state(page, "error");
    assert.match(await status(page), /^This device seems to be offline\.\n\nNo answer\./);
    await page.context().setOffline(false);
    await state(page, "signed-out");
  });

  test("of another kind than a HubError is shown as one", async (t) => {
    const page = await open(t);
    await button(page, SIGN_IN).click();
    await page.evaluate(() => globalThis.hub.fail(new TypeError("hf_secret")));
    await state(page, "error");
    assert.ok(!(await status(page)).includes("hf_secret"));
    assert.equal((await told(page))[0].error.code, "internal_panic");
  });

  test("in a frame is by a window of its own", async (t) => {
    const page = await open(t);
    const outer = await page.context().newPage();
    await outer.route("**/outer.html", (route) => route.fulfill({ contentType: "text/html", body: '<iframe src="elements/index.html" width=600 height=300>' }));
    await outer.goto(`${files.url}/outer.html`);
    const frame = outer.frameLocator("iframe");
    await frame.getByRole("button", { name: SIGN_IN }).click();
    await frame.getByRole("button", { name: "Cancel" }).waitFor();
    const [inner] = outer.frames().filter((it) => it.url().endsWith("/elements/index.html"));
    assert.deepEqual((await inner.evaluate(() => globalThis.hub.asked)).map((it) => it.signIn), [{ popup: true }]);
    await inner.evaluate(() => globalThis.fail("popup_blocked"));
    await frame.getByRole("button", { name: "Try again" }).waitFor();
    assert.equal(await frame.getByRole("button", { name: "Continue in this tab" }).count(), 0);
  });
});

describe("a callback in the address", () => {
  const CALLBACK = "?state=hubkey.x&code=y";

  test("is finished once, by one of those who share the client", async (t) => {
    const page = await open(t, { query: `${CALLBACK}&bare` });
    await page.evaluate(() => {
      const second = document.createElement("hubkey-sign-in");
      globalThis.element.hub = second.hub = globalThis.hub;
      document.body.append(second);
    });
    await state(page, "signed-in");
    await page.locator("hubkey-sign-in[state=signed-in]").nth(1).waitFor();
    assert.deepEqual(await asked(page), [{ handleRedirect: {} }]);
    assert.equal(new URL(page.url()).search, "");
    const details = await told(page);
    assert.deepEqual(details.map(({ name, kind }) => [name, kind]), [["signin", "login"], ["signin", "login"]]);
    assert.equal(details.filter((it) => it.grantedScopes).length, 1, "one has finished it");
  });

  test("leads on to where the person wanted to go", async (t) => {
    const page = await open(t, { query: `${CALLBACK}&bare` });
    await page.route("**/inbox", (route) => route.fulfill({ contentType: "text/html", body: "there" }));
    await page.evaluate(() => {
      globalThis.hub.returnTo = "/inbox";
      globalThis.element.hub = globalThis.hub;
    });
    await page.waitForURL("**/inbox");
  });

  test("does not where the page prevents it", async (t) => {
    const page = await open(t, { query: `${CALLBACK}&bare` });
    await page.evaluate(() => {
      globalThis.element.addEventListener("hubkey-signin", (event) => event.preventDefault());
      globalThis.hub.returnTo = "/inbox";
      globalThis.element.hub = globalThis.hub;
    });
    await state(page, "signed-in");
    const [{ returnTo, cancelable }] = await told(page);
    assert.deepEqual([returnTo, cancelable, new URL(page.url()).pathname], ["/inbox", true, "/elements/index.html"]);
  });

  test("is looked for only where there is one", async (t) => {
    const page = await open(t, { query: "?code=of-the-page" });
    await state(page, "signed-out");
    assert.deepEqual(await asked(page), []);
  });
});

describe("what others do is followed", () => {
  test("a sign-in from before, one elsewhere, a switch, an end", async (t) => {
    const page = await open(t);
    await signedIn(page, "loaded");
    await state(page, "signed-in");
    assert.equal(await status(page), "", "nobody is told at every page what they know");
    await page.evaluate(() => globalThis.hub.signedIn("switch", true, { ...globalThis.ADA, name: "grace", fullname: "Grace" }));
    await button(page, "Signed in as Grace").waitFor();
    await page.evaluate(() => globalThis.hub.become({ status: "signed_out" }, "logout", true));
    await state(page, "signed-out");
    assert.equal(await status(page), "Signed out");
    await signedIn(page, "login", true);
    await page.evaluate(() => globalThis.hub.become({ status: "expired", profile: "oauth-ada", identity: globalThis.ADA }, "expired"));
    await state(page, "signed-out");
    assert.equal(await status(page), "Your sign-in has ended. Sign in again to go on.");
    assert.deepEqual((await told(page)).map(({ name, kind, elsewhere }) => [name, kind, elsewhere]), [
      ["signin", "loaded", false], ["signin", "switch", true], ["signout", "logout", true], ["signin", "login", true], ["signout", "expired", false],
    ]);
  });

  test("who it is, is asked once where nobody said", async (t) => {
    const page = await open(t);
    await signedIn(page, "loaded", false, null);
    await button(page, ACCOUNT).waitFor();
    assert.deepEqual(await asked(page), ["whoami"]);
    assert.deepEqual((await told(page)).map(({ name }) => name), ["signin"]);
  });

  test("a Hub that does not say who it is, is not asked at every change", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      const { hub } = globalThis;
      hub.whoami = async () => { hub.asked.push("whoami"); throw new Error("no answer"); };
    });
    for (const kind of ["loaded", "identity"]) await signedIn(page, kind, false, null);
    await button(page, "Signed in").waitFor();
    assert.deepEqual(await asked(page), ["whoami"]);
  });

  test("an element that is moved goes on, and one that is gone stops listening", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    await button(page, SIGN_IN).click();
    await page.evaluate(() => document.body.append(globalThis.element));
    assert.deepEqual([(await asked(page)).length, await page.evaluate(() => globalThis.hub.listeners)], [1, 1]);
    await page.evaluate(() => globalThis.element.remove());
    assert.equal((await asked(page)).at(-1), "aborted");
    assert.equal(await page.evaluate(() => globalThis.hub.listeners), 0);
    await page.evaluate(() => document.body.append(globalThis.element));
    await signedIn(page);
    await state(page, "signed-in");
  });

  test("another client takes the place of the first", async (t) => {
    const page = await open(t);
    await signedIn(page);
    await state(page, "signed-in");
    await page.evaluate(() => { globalThis.element.hub = new globalThis.StandIn(); });
    await state(page, "signed-out");
    await signedIn(page);
    await state(page, "signed-out");
  });
});

describe("the account", () => {
  async function opened(t) {
    const page = await open(t);
    await signedIn(page, "loaded");
    await button(page, ACCOUNT).focus();
    await page.keyboard.press("Enter");
    const panel = element(page).locator("[part=panel]");
    await panel.waitFor();
    assert.equal(await button(page, ACCOUNT).getAttribute("aria-expanded"), "true");
    return { page, panel, key: (name) => page.keyboard.press(name) };
  }

  test("is gone through by Tab, and left by it", async (t) => {
    const { page, panel, key } = await opened(t);
    for (const name of ["View profile", "Sign out"]) {
      await key("Tab");
      assert.equal(await focused(page), name);
    }
    assert.ok(await panel.isVisible());
    await key("Tab");
    assert.equal(await focused(page), "After it");
    assert.ok(await panel.isHidden());
    assert.equal(await button(page, ACCOUNT).getAttribute("aria-expanded"), "false");
  });

  test("is gone through by arrows, Home and End", async (t) => {
    const { page, key } = await opened(t);
    for (const [name, wanted] of [["ArrowDown", "View profile"], ["ArrowDown", "Sign out"], ["ArrowDown", "View profile"], ["ArrowUp", "Sign out"], ["Home", "View profile"], ["End", "Sign out"]]) {
      await key(name);
      assert.equal(await focused(page), wanted, name);
    }
  });

  test("is opened by an arrow", async (t) => {
    const { page, panel, key } = await opened(t);
    await key("Escape");
    await key("ArrowDown");
    assert.ok(await panel.isVisible());
    assert.equal(await focused(page), "View profile");
  });

  test("is closed by Escape, which goes no further", async (t) => {
    const { page, panel, key } = await opened(t);
    await page.evaluate(() => { globalThis.keys = []; addEventListener("keydown", ({ key }) => globalThis.keys.push(key)); });
    await key("Tab");
    await key("Escape");
    assert.ok(await panel.isHidden());
    assert.equal(await focused(page), ACCOUNT);
    await key("Escape");
    assert.deepEqual(await page.evaluate(() => globalThis.keys), ["Tab", "Escape"], "the second has nothing to close here");
  });

  test("is closed by a press beside it", async (t) => {
    const { page, panel } = await opened(t);
    await page.getByRole("heading").click();
    assert.ok(await panel.isHidden());
  });

  test("links to the person's page, and signs out", async (t) => {
    const { page } = await opened(t);
    const link = element(page).getByRole("link", { name: "View profile" });
    assert.deepEqual([await link.getAttribute("href"), await link.getAttribute("rel")], ["https://hub.test/ada", "noopener noreferrer"]);
    await button(page, "Sign out").click();
    await state(page, "signed-out");
    assert.equal(await focused(page), SIGN_IN);
    assert.equal(await status(page), "Signed out");
    assert.deepEqual((await told(page)).map(({ name, kind }) => [name, kind]), [["signin", "loaded"], ["signout", "logout"]]);
  });

  test("says when the token could not be removed", async (t) => {
    const { page } = await opened(t);
    await page.evaluate(() => { globalThis.hub.refusal = Object.assign(new Error("no"), { code: "storage_unavailable" }); });
    await button(page, "Sign out").click();
    await state(page, "error");
    await page.evaluate(() => { globalThis.hub.refusal = undefined; });
    await button(page, "Try again").click();
    await state(page, "signed-out");
    assert.deepEqual(await asked(page), ["logout", "logout"]);
  });

  test("has room for what the page puts there", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      const link = Object.assign(document.createElement("a"), { href: "/billing", textContent: "Billing", slot: "menu" });
      globalThis.element.append(link);
    });
    await signedIn(page, "loaded");
    await button(page, ACCOUNT).focus();
    for (const wanted of ["Billing", "View profile", "Sign out", "Billing"]) {
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(page), wanted);
    }
  });
});

describe("what strangers wrote", () => {
  const letters = (page) => page.evaluate(() => getComputedStyle(globalThis.element.shadowRoot.querySelector("[part=avatar]"), "::before").content.slice(1, -1));

  test("is text, and no picture or link of another kind than the web's", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.hub.signedIn("login", false, { ...globalThis.ADA, fullname: "<img src=x>{name}$&", avatarUrl: "javascript:alert(1)" }));
    await button(page, "Signed in as <img src=x>{name}$&").waitFor();
    assert.equal(await element(page).locator("img").count(), 0);
    await page.evaluate(() => {
      globalThis.hub.endpoint = "javascript:alert(1)//";
      globalThis.hub.signedIn("identity");
    });
    await button(page, ACCOUNT).click();
    assert.equal(await element(page).getByRole("link").count(), 0);
  });

  test("initials stand for a picture that does not load", async (t) => {
    const page = await open(t);
    await page.route("**/gone.png", (route) => route.fulfill({ status: 404 }));
    await signedIn(page);
    const avatar = element(page).locator("[part=avatar]");
    await avatar.locator("img").waitFor();
    await page.waitForFunction(() => globalThis.element.shadowRoot.querySelector("[part=avatar]").className === "face loaded");
    assert.equal(await avatar.locator("img").getAttribute("referrerpolicy"), "no-referrer");
    await page.evaluate(() => globalThis.hub.signedIn("identity", false, { ...globalThis.ADA, avatarUrl: new URL("gone.png", location.href).href }));
    await avatar.locator("img").waitFor({ state: "detached" });
    assert.equal(await letters(page), "AL");
  });

  test("initials stand for a picture that the page's policy refuses", async (t) => {
    const page = await open(t);
    // The browser says so there as well.
    page.removeAllListeners("console");
    await page.evaluate(() => globalThis.hub.signedIn("login", false, { ...globalThis.ADA, avatarUrl: "https://pictures.test/a.png" }));
    await page.waitForFunction(() => globalThis.refused.length);
    assert.deepEqual(await page.evaluate(() => globalThis.refused.splice(0)), ["img-src https://pictures.test/a.png"]);
    await element(page).locator("img").waitFor({ state: "detached" });
    assert.equal(await letters(page), "AL");
  });
});

describe("with a client made of its attributes", () => {
  const open = async (t, more = "") => {
    const query = `?endpoint=${endpoint}`;
    const app = { clientId: "hubkey-test-element", name: "The element", redirectUris: [`${files.url}/elements/index.html${query}`] };
    // Asked each time, whatever was allowed before.
    for (const [path, it] of [["/clients", app], ["", { remember: false }]]) {
      const answer = await fetch(`${endpoint}/_localhub/oauth${path}`, { method: "POST", body: JSON.stringify(it) });
      assert.equal(answer.status, 200, await answer.text());
    }
    return openPage(t, browser, files, { query: query + more });
  };
  const ADA = "Signed in as Ada L.";
  const allow = (page) => page.getByRole("button", { name: "Allow" }).click();

  test("signs in by leaving the page, and is signed in after a reload", async (t) => {
    const page = await open(t);
    await state(page, "signed-out");
    await button(page, SIGN_IN).click();
    await allow(page);
    await button(page, ADA).waitFor();
    assert.equal(new URL(page.url()).search, `?endpoint=${endpoint}`);
    assert.ok(await page.evaluate(() => {
      const [one, other] = document.querySelectorAll("hubkey-sign-in");
      return one.hub === other.hub && one.hub.session.status === "signed_in";
    }), "elements that say the same share a client");
    const [{ kind, grantedScopes, identity, persisted }] = (await told(page)).filter((it) => it.grantedScopes);
    assert.deepEqual([kind, grantedScopes.includes("read-repos"), identity.name, persisted], ["login", true, "ada", true]);
    assert.ok(!JSON.stringify(await told(page)).includes("hf_oauth_"), "no event has a token in it");
    await page.reload();
    await button(page, ADA).waitFor();
    assert.deepEqual((await told(page)).map((it) => it.kind), ["loaded", "loaded"]);
    await button(page, ADA).click();
    await button(page, "Sign out").click();
    await state(page, "signed-out");
    await page.locator("hubkey-sign-in[state=signed-out]").nth(1).waitFor();
  });

  const byWindow = async (page) => {
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    const [window] = await Promise.all([page.waitForEvent("popup"), button(page, SIGN_IN).click()]);
    await allow(window);
    await button(page, ADA).waitFor();
  };
  /** What is to be read of it in the browser's plain stores. */
  const kept = (page) => page.evaluate(() => Object.fromEntries(Object.entries({ localStorage, sessionStorage }).map(([name, area]) => [name, Object.values(area).filter((it) => it.includes("hf_oauth_"))])));

  test("signs in by a window of its own, and keeps that where all tabs have it and no script reads it", async (t) => {
    const page = await open(t);
    await byWindow(page);
    assert.deepEqual(await kept(page), { localStorage: [], sessionStorage: [] });
    await page.reload();
    await button(page, ADA).waitFor();
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await button(tab, ADA).waitFor();
    await button(tab, ADA).click();
    await button(tab, "Sign out").click();
    await state(page, "signed-out");
  });

  test("leaves the page where the browser opens no window", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      globalThis.open = () => null;
      globalThis.element.setAttribute("popup", "");
    });
    await button(page, SIGN_IN).click();
    await button(page, "Continue in this tab").click();
    await allow(page);
    await button(page, ADA).waitFor();
  });

  test("offers no other way to who said no", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.setAttribute("popup", ""));
    const [window] = await Promise.all([page.waitForEvent("popup"), button(page, SIGN_IN).click()]);
    await window.getByRole("button", { name: "Deny" }).click();
    await state(page, "error");
    assert.equal(await page.evaluate(() => globalThis.element.error.code), "access_denied");
    await button(page, "Try again").waitFor();
    assert.equal(await button(page, "Continue in this tab").count(), 0);
  });

  test("keeps that for the tab where a database is refused", async (t) => {
    const page = await open(t);
    await page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }; });
    await page.reload();
    await byWindow(page);
    const { localStorage, sessionStorage } = await kept(page);
    assert.deepEqual([localStorage.length, sessionStorage.length > 0], [0, true]);
    await page.reload();
    await button(page, ADA).waitFor();
  });

  test("a sign-in that the Hub renews no more ends, and says so", async (t) => {
    const page = await open(t, "&store=session");
    await byWindow(page);
    const [record] = (await kept(page)).sessionStorage;
    const [, refreshToken] = record.match(/refreshToken[\\":]+([^\\"]+)/);
    // Somebody else has it, and uses it twice: that ends the sign-in for all.
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: "hubkey-test-element" });
    const use = async () => (await fetch(`${endpoint}/oauth/token`, { method: "POST", body })).status;
    assert.deepEqual([await use(), await use()], [200, 400]);
    await page.evaluate(() => { globalThis.told.length = 0; });
    assert.equal(await page.evaluate(() => globalThis.element.hub.whoami({ cache: false }).catch((error) => error.code)), "signed_out");
    await state(page, "signed-out");
    const ENDED = "Your sign-in has ended. Sign in again to go on.";
    assert.equal(await status(page), ENDED);
    assert.ok(await element(page).getByText(ENDED).isVisible());
    assert.deepEqual((await told(page)).map(({ name, kind }) => [name, kind]), [["signout", "expired"], ["signout", "expired"]]);
    // Who signs in again and out is not told so once more.
    await byWindow(page);
    await button(page, ADA).click();
    await button(page, "Sign out").click();
    await state(page, "signed-out");
    assert.equal(await status(page), "Signed out");
  });

  test("says which attribute is wrong", async (t) => {
    const page = await open(t, "&store=disk");
    await state(page, "error");
    assert.match(await status(page), /`store` names no store/);
    await page.evaluate(() => globalThis.element.setAttribute("store", "memory"));
    await state(page, "signed-out");
    await page.evaluate(() => globalThis.element.setAttribute("endpoint", "http://hub.test"));
    await state(page, "error");
    assert.equal(await page.evaluate(() => globalThis.element.error.code), "insecure_endpoint");
  });

  test("says when what it needs cannot be loaded, and tries again", async (t) => {
    const page = await openPage(t, browser, files, { query: "?bare" });
    let gone = true;
    await page.route("**/hubkey/oauth.js", (route) => (gone ? route.abort() : route.continue()));
    await page.evaluate(() => globalThis.element.setAttribute("client-id", "hubkey-test-element"));
    await state(page, "error");
    assert.equal(await page.evaluate(() => globalThis.element.error.code), "network");
    gone = false;
    await button(page, "Try again").click();
    await state(page, "signed-out");
  });
});

describe("as a part of a page", () => {
  test("without a client it says what is missing, and waits for one", async (t) => {
    const page = await open(t, { query: "?bare" });
    await state(page, "signed-out");
    await button(page, SIGN_IN).click();
    await state(page, "error");
    assert.match(await status(page), /Give it a client-id, or set its `hub`\./);
    await page.evaluate(() => { globalThis.element.hub = globalThis.hub; });
    await state(page, "signed-out");
  });

  test("what was set before its class was known counts", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      // As the parser and frameworks make it while the package is still on its way.
      const early = document.createElement("div").appendChild(document.implementation.createHTMLDocument().createElement("hubkey-sign-in"));
      Object.assign(early, { hub: globalThis.hub, words: { signIn: "Anmelden", signedInAs: "Angemeldet als {name}" } });
      globalThis.element.replaceWith(early);
      globalThis.element = early;
    });
    await state(page, "signed-out");
    await button(page, "Anmelden").waitFor();
    await signedIn(page);
    await button(page, "Angemeldet als Ada Lovelace").waitFor();
    await button(page, "Angemeldet als Ada Lovelace").click();
    await button(page, "Sign out").waitFor();
  });

  test("a label of the page's own stands in the button", async (t) => {
    const page = await open(t);
    await page.evaluate(() => globalThis.element.append(Object.assign(document.createElement("span"), { slot: "label", textContent: "Log in" })));
    await button(page, "Log in").click();
    await button(page, "Signing in…").waitFor();
  });

  test("a second copy of the package disturbs nobody", async (t) => {
    const page = await open(t);
    await page.evaluate(() => import("./node_modules/hubkey/elements.js?second"));
    await state(page, "signed-out");
  });

  test("`ready` gives the client, before and after", async (t) => {
    const page = await open(t, { query: "?bare" });
    assert.ok(await page.evaluate(async () => {
      const { ready } = globalThis.element;
      globalThis.element.hub = globalThis.hub;
      return (await ready) === globalThis.hub && (await globalThis.element.ready) === globalThis.hub;
    }));
  });

  test("a server may import it", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", 'console.log(Object.keys(await import("hubkey/elements")).join())'], { cwd: `${import.meta.dirname}/elements` });
    assert.equal(stdout.trim(), "HubkeySignIn");
  });
});
