// An endpoint with a path, behind a proxy: the Hub there speaks of itself as of huggingface.co, or knows the proxy's host and
// not the path. The token stays below the endpoint all the same. tests/THREATS.md, rows 2 and 5.
import { fails, same } from "../support/check.mjs";
import { NOBODYS } from "../support/control.mjs";
import { json, redirect, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

const ENDPOINT = "https://app.example/hub";
const at = ({ hubkey }, fetch, endpoint = ENDPOINT) => new hubkey.Hub({ endpoint, fetch, token: NOBODYS });
/** What was asked, and `+` where the token went along. */
const asked = (fetch) => fetch.calls.map((it) => `${it.authorization ? "+" : ""}${it.url}`);

/** Gives this once, then what comes. */
const first = (answer, then = () => json({ id: "ada/tiny" })) => spy((call, count) => (count === 1 ? answer : then(call)));

export default {
  "a list goes on below the endpoint, whatever the Hub behind it calls itself": async (place) => {
    for (const link of ["https://huggingface.co/api/models?cursor=b", "https://app.example/api/models?cursor=b", "/api/models?cursor=b", "https://app.example/hub/api/models?cursor=b", "/hub/api/models?cursor=b", "?cursor=b"]) {
      const fetch = first(json([{ id: "a/1" }], 200, { link: `<${link}>; rel="next"` }), () => json([{ id: "a/2" }]));
      same((await collect(at(place, fetch).listModels())).map((it) => it.id), ["a/1", "a/2"], link);
      same(asked(fetch), [`+${ENDPOINT}/api/models`, `+${ENDPOINT}/api/models?cursor=b`], link);
    }
  },

  "a next page that is no address of the Hub's is refused as ever": async (place) => {
    for (const link of ["https://huggingface.co.example/api/models?x", "http://huggingface.co/api/models?x", "https://app.example/login?x", "https://huggingface.co/login?x", "https://app.example:8443/api/models?x", "https://app.example/hubs/x", "https://router.huggingface.co/api/models?x"]) {
      const fetch = spy(() => json([{ id: "a/1" }], 200, { link: `<${link}>; rel="next"` }));
      await fails(collect(at(place, fetch).listModels()), "cross_origin_link", link);
      same(asked(fetch), [`+${ENDPOINT}/api/models`], link);
    }
  },

  "a redirect to where the Hub thinks that it is leads below the endpoint": async (place) => {
    for (const to of ["/api/models/ada/tiny", "https://app.example/api/models/ada/tiny", "https://huggingface.co/api/models/ada/tiny", "/hub/api/models/ada/tiny"]) {
      const fetch = first(redirect(to, 307));
      same((await at(place, fetch).modelInfo({ repo: "ada/old" })).id, "ada/tiny");
      same(asked(fetch), [`+${ENDPOINT}/api/models/ada/old`, `+${ENDPOINT}/api/models/ada/tiny`], to);

      const write = first(redirect(to, 307));
      await at(place, write).request("/api/models/ada/old", { method: "PUT", body: { private: true } });
      same(asked(write), [`+${ENDPOINT}/api/models/ada/old`, `+${ENDPOINT}/api/models/ada/tiny`], to);
    }
  },

  "a redirect elsewhere leaves the token, and a write is not repeated there": async (place) => {
    for (const to of ["https://cdn.example/api/x", "https://huggingface.co/login", "https://router.huggingface.co/api/x", "https://app.example.evil.example/api/x"]) {
      const fetch = first(redirect(to));
      await at(place, fetch).request("/api/x");
      same(asked(fetch), [`+${ENDPOINT}/api/x`, to], to);
      const write = first(redirect(to, 307));
      await fails(at(place, write).request("/api/x", { method: "POST" }), "cross_origin_redirect", to);
      same(write.calls.length, 1);
    }
    const above = first(redirect("/login"));
    await at(place, above).request("/api/x");
    same(asked(above), [`+${ENDPOINT}/api/x`, "https://app.example/login"], "the same origin, and not the Hub");
  },

  "a mirror that sends on to the Hub itself means the Hub": async (place) => {
    const fetch = first(redirect("https://huggingface.co/api/models/ada/tiny"));
    same((await at(place, fetch, "https://mirror.example").modelInfo({ repo: "ada/tiny" })).id, "ada/tiny");
    same(asked(fetch), ["+https://mirror.example/api/models/ada/tiny", "https://huggingface.co/api/models/ada/tiny"]);
  },

  "the way home from elsewhere is the Hub's own, without the token": async (place) => {
    const fetch = spy(({ url }) => (url.startsWith(ENDPOINT) ? redirect("https://cdn.example/x") : url.includes("cdn") ? redirect("https://huggingface.co/api/y") : json({})));
    await at(place, fetch).request("/api/x");
    same(asked(fetch), [`+${ENDPOINT}/api/x`, "https://cdn.example/x", "https://huggingface.co/api/y"]);
  },
};
