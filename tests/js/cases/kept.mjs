// What is kept from one answer to the next, and for whom. tests/THREATS.md, rows 17, 18.
import { fails, same } from "../support/check.mjs";

const WHOAMI = "/api/whoami-v2";

export default {
  "who one is comes from no cache, whatever the answer before it allows": async ({ hubkey, hubUrl, control, token }) => {
    const allows = { "cache-control": "public, max-age=3600", etag: '"same"', "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
    await control.fault(WHOAMI, { type: "headers", headers: allows }, 2);
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testread") });
    for (let count = 0; count < 2; count++) same((await hub.validateToken()).valid, true);
    same(await control.lines(), [`GET ${WHOAMI}`, `GET ${WHOAMI}`]);
    for (const { headers } of await control.requests()) same([headers["if-none-match"], headers["if-modified-since"]], [undefined, undefined]);
    // workerd has caches and cannot list them.
    const names = async () => (await globalThis.caches?.keys()) ?? [];
    same(await names().catch(() => []), []);
  },

  "two people in one place do not meet": async ({ hubkey, hubUrl, control, token }) => {
    await control.fault({ path: "/api/*" }, { type: "delay", ms: 10 }, 0);
    const [ada, grace, either] = [{ token: token("testread") }, { token: token("testgrace") }, {}].map((it) => new hubkey.Hub({ endpoint: hubUrl, ...it }));
    const mine = { repo: "ada/private-notes" };
    await Promise.all(Array.from({ length: 5 }, async () => {
      const names = await Promise.all([ada.whoami(), grace.whoami(), either.whoami({ token: token("testgrace") }), either.whoami({ token: token("testread") })]);
      same(names.map((it) => it.name), ["ada", "grace", "grace", "ada"]);
      same((await ada.modelInfo(mine)).id, mine.repo);
      await fails(grace.modelInfo(mine), "repo_not_found");
      await fails(either.whoami(), "no_token");
    }));
    for (const { headers } of await control.requests()) if (!headers.authorization) throw new Error("a request went out as nobody");
  },
};
