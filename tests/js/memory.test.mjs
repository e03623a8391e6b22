// Text that is larger than the module's first memory of a megabyte or so.
import { lacks, same } from "./support/check.mjs";
import { NOBODYS } from "./support/control.mjs";
import { play } from "./support/node.mjs";
import { json, spy } from "./support/spy.mjs";

const LARGE = "é".repeat(400_000);

await play({
  "large text goes in and comes out whole, and what was there before still is": async ({ hubkey, hubUrl }) => {
    const fetch = spy();
    const hub = new hubkey.Hub({ endpoint: hubUrl, fetch, token: NOBODYS });
    for (let length = 100_000; length <= LARGE.length; length += 100_000) {
      const text = LARGE.slice(0, length);
      await hub.request("/api/models", { query: { search: text } });
      same(new URL(fetch.calls.at(-1).url).searchParams.get("search") === text, true, `${length} characters`);
      same(await hub.getToken(), NOBODYS);
    }
  },

  "memory grows while another call waits": async ({ hubkey, hubUrl }) => {
    let go;
    const gate = new Promise((resolve) => { go = resolve; });
    const fetch = spy(async (call) => {
      if (call.url.endsWith("/slow")) await gate;
      return json({ at: call.url.length });
    });
    const hub = new hubkey.Hub({ endpoint: hubUrl, fetch });
    const slow = hub.request("/api/slow");
    const large = await hub.request("/api/models", { query: { search: LARGE } });
    same(large.at > LARGE.length, true);
    go();
    same(await slow, { at: `${hubUrl}/api/slow`.length });
  },

  "a large mask tells nothing more": async ({ hubkey }) => {
    const masked = hubkey.maskToken(`hf_${"a".repeat(3_000_000)}wxyz`);
    lacks(masked, "aaaaa");
    same(masked.endsWith("wxyz"), true);
  },
});
