// Text that is larger than the module's first memory of a megabyte or so.
import { lacks, same } from "./support/check.mjs";
import { NOBODYS } from "./support/control.mjs";
import { play } from "./support/node.mjs";
import { json, spy } from "./support/spy.mjs";

// The memory of every instance that is made from here on.
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    // Its name there is as short as the build made it.
    memories.push(...Object.values(this.exports).filter((it) => it instanceof WebAssembly.Memory));
  }
};

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

  "a thousand calls make the module's memory no larger": async ({ hubkey, hubUrl, token }, t) => {
    if (!memories.length) return t.skip("hubkey/js keeps its memory to itself");
    const fetch = spy(({ url }) => json(url.includes("whoami") ? { type: "user", id: "1", name: "ada", orgs: [], auth: { type: "access_token", accessToken: { role: "write", displayName: "wiped" } } } : []));
    const hub = new hubkey.Hub({ endpoint: hubUrl, fetch });
    await hub.login({ token: NOBODYS });
    const calls = async (count) => {
      for (let at = 0; at < count; at++) {
        await hub.whoami({ cache: false });
        for await (const _ of hub.listModels({ author: "ada" }));
        await hub.can("repo.write", { repo: "ada/x" });
      }
    };
    await calls(50);
    const before = memories.map((it) => it.buffer.byteLength);
    await calls(350);
    same(memories.map((it) => it.buffer.byteLength), before);
  },
});
