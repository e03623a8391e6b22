// validateToken has three outcomes: good, bad, and not decided. Only a refusal in the Hub's own words is "bad".
import { fails, hides, same, yes } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";

const WHOAMI = "/api/whoami-v2";

async function signed({ hubkey, hubUrl, token }, options) {
  // Once: here each fault hits the first attempt.
  const hub = new hubkey.Hub({ endpoint: hubUrl, maxRetries: 0, ...options });
  await hub.setToken({ token: token("testread") });
  return hub;
}

/** It rejects, and the token that was stored is still there. */
async function undecided(at, code) {
  const hub = await signed(at);
  const error = await fails(hub.validateToken(), code);
  same(await hub.getToken(), at.token("testread"), "the token is kept");
  hides(error, at.token("testread"), at.inspect);
  return error;
}

const cases = {
  "a good token is valid, and whose it is comes along": async (at) => {
    const hub = await signed(at);
    const { valid, identity } = await hub.validateToken(at.token("testgrace"));
    same([valid, identity.name], [true, "grace"]);
    same(await hub.getToken(), at.token("testread"), "validating is not signing in");
  },

  "without an argument the token in use is meant": async (at) => {
    const hub = await signed(at);
    const { valid, identity } = await hub.validateToken();
    same([valid, identity.name, identity.token.role], [true, "ada", "read"]);
  },

  "as an object it takes a signal and a time limit too": async (at) => {
    const hub = await signed(at);
    const { signal } = new AbortController();
    same((await hub.validateToken({ token: at.token("testgrace"), signal, timeoutMs: 5000 })).identity.name, "grace");
    await fails(hub.validateToken({ token: at.token("testgrace"), signal: AbortSignal.abort() }), "aborted");
    await fails(hub.validateToken({ token: undefined }), "invalid_token_format");
  },

  "a bad, an expired and a revoked token are invalid, with a reason and a way out": async (at) => {
    const hub = await signed(at);
    for (const token of [NOBODYS, at.token("testexpired"), at.token("testrevoked")]) {
      const answer = await hub.validateToken(token);
      same(Object.keys(answer).sort(), ["fix", "reason", "valid"]);
      same(answer.valid, false);
      yes(answer.reason.includes("Invalid credentials"), answer.reason);
      yes(answer.fix.includes("https://huggingface.co/settings/tokens") || answer.fix.includes("37"), answer.fix);
      hides(answer, token);
    }
  },

  "a token revoked after it was good is bad the next time": async (at) => {
    const hub = await signed(at);
    same((await hub.validateToken()).valid, true);
    await at.control.standing("testread", { revoked: true });
    same((await hub.validateToken()).valid, false);
    await at.control.standing("testread", {});
    same((await hub.validateToken()).valid, true);
    same((await at.control.lines()).length, 3);
  },

  "an invalid verdict removes nothing by itself": async (at) => {
    const hub = await signed(at);
    await at.control.standing("testread", { expired: true });
    same((await hub.validateToken()).valid, false);
    same(await hub.getToken(), at.token("testread"));
  },

  "a 403 is undecided": async (at) => {
    await at.control.answer(WHOAMI, 403, { error: "Forbidden" });
    const error = await undecided(at, "forbidden");
    same(error.status, 403);
  },

  "a 404 is undecided": async (at) => {
    await at.control.answer(WHOAMI, 404, { error: "Not found" });
    await undecided(at, "not_found");
  },

  "a 429 is undecided and says when to come again": async (at) => {
    const rows = [["1", { ratelimit: '"api";r=0;t=55' }, 55_000], ["2", { ratelimit: null, "retry-after": "7" }, 7000], ["3", { ratelimit: '"api";r=4;t=55' }, undefined]];
    for (const [digit, headers, ms] of rows) {
      await at.control.answer(WHOAMI, 429, { error: "We had to rate limit you" }, headers);
      const hub = await signed(at);
      // Each with a token of its own, whose pause disturbs nobody else here.
      same((await fails(hub.validateToken("hf_limited".padEnd(37, digit)), "rate_limited")).retryAfterMs, ms);
      same(await hub.getToken(), at.token("testread"), "the token is kept");
    }
  },

  "a portal's 401 page is no verdict": async (at) => {
    const page = "<!doctype html><title>Sign in to the hotel</title>";
    await at.control.answer(WHOAMI, 401, page, { "content-type": "text/html", "x-error-message": null });
    await undecided(at, "unauthorized");
  },

  "a 401 in JSON that is not the Hub's is no verdict": async (at) => {
    for (const body of ["", "null", "[]", "{}", '{"ok":false}', '"no"', "Unauthorized"]) {
      await at.control.answer(WHOAMI, 401, body, { "x-error-message": null });
      await undecided(at, "unauthorized");
    }
  },

  "no answer is undecided": async (at) => {
    await at.control.fault(WHOAMI, { type: "reset" });
    await undecided(at, "network");
    await at.control.fault(WHOAMI, { type: "garbage" });
    await undecided(at, "network");
    const hub = new at.hubkey.Hub({ endpoint: "http://127.0.0.1:1", token: at.token("testread") });
    await fails(hub.validateToken(), "network");
  },

  "an answer that is cut is undecided": async (at) => {
    await at.control.fault(WHOAMI, { type: "cut", bytes: 20 });
    await undecided(at, "truncated");
  },

  "an answer that is late is undecided": async (at) => {
    await at.control.fault(WHOAMI, { type: "silence" });
    const hub = await signed(at, { timeoutMs: 100 });
    await fails(hub.validateToken(), "timeout");
    same(await hub.getToken(), at.token("testread"));
  },

  "what cannot be a token is refused before anything is sent": async (at) => {
    const hub = await signed(at);
    for (const it of ["", " ", "two words", "Bearer hf_x", null, undefined, 0, {}]) await fails(hub.validateToken(it), "invalid_token_format");
    same(await at.control.lines(), []);
  },
};

for (const status of [500, 502, 503, 504])
  cases[`a ${status} is undecided and may pass`] = async (at) => {
    await at.control.fault(WHOAMI, { type: "status", status });
    const error = await undecided(at, "server_error");
    same(error.status, status);
  };

export default cases;
