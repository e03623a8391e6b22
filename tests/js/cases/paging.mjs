// A list is fetched while it is read: no request too many, none too few.
import { fails, same, yes } from "../support/check.mjs";
import { json, spy } from "../support/spy.mjs";
import { collect } from "./models.mjs";

/** A hub with so many models, so many on a page; `next` may say something else. */
export function shelf(count, page, next = (at) => `<https://hub.example/api/models?cursor=${at}>; rel="next"`) {
  return spy(({ url }) => {
    const query = new URL(url).searchParams;
    const at = Number(query.get("cursor") ?? 0), size = Math.min(page, Number(query.get("limit") ?? Infinity));
    const items = Array.from({ length: Math.max(0, Math.min(size, count - at)) }, (_, index) => ({ id: `m/${at + index}` }));
    return json(items, 200, at + items.length < count ? { link: next(at + items.length) } : {});
  });
}

const make = ({ hubkey }, fetch) => new hubkey.Hub({ endpoint: "https://hub.example", fetch });
const numbers = (list) => list.map((it) => Number(it.id.slice(2)));
const upTo = (count) => Array.from({ length: count }, (_, at) => at);

export default {
  "all pages come, in order and once": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const all = await collect(hub.listModels({ author: "ada", sort: "id", pageSize: 7 }));
    const once = await collect(hub.listModels({ author: "ada", sort: "id" }));
    same(all, once);
    same(new Set(all.map((it) => it.id)).size, all.length);
    same((await control.lines()).length, Math.ceil(all.length / 7) + 1);
  },

  "pages() gives the same a page at a time": async (at) => {
    const fetch = shelf(7, 3);
    const sizes = [];
    for await (const page of make(at, fetch).listModels().pages()) sizes.push(numbers(page));
    same(sizes, [[0, 1, 2], [3, 4, 5], [6]]);
    same(fetch.calls.length, 3);
  },

  "a limit counts over all pages and asks for no more than is wanted": async (at) => {
    const rows = [[1, [1]], [3, [3]], [5, [5, 2]], [6, [6, 3]], [7, [7, 4, 1]], [100, [100, 97, 94, 91]]];
    for (const [limit, asked] of rows) {
      const fetch = shelf(10, 3, (next) => `<https://hub.example/api/models?cursor=${next}>; rel="next"`);
      same(numbers(await collect(make(at, fetch).listModels({ limit }))), upTo(Math.min(limit, 10)), `limit ${limit}`);
      same(fetch.calls.length, asked.length, `requests for ${limit}`);
      same(new URL(fetch.calls[0].url).searchParams.get("limit"), String(asked[0]), `limit ${limit}`);
    }
  },

  "a page size is asked for, and never more than the Hub's thousand": async (at) => {
    const asked = async (options) => {
      const fetch = shelf(3, 1000);
      await collect(make(at, fetch).listModels(options));
      return new URL(fetch.calls[0].url).searchParams.get("limit");
    };
    same(await asked({}), null);
    same(await asked({ pageSize: 20 }), "20");
    same(await asked({ pageSize: 5000 }), "1000");
    same(await asked({ limit: 5000 }), "1000");
    same(await asked({ limit: 5, pageSize: 2 }), "2");
    same(await asked({ limit: 2, pageSize: 5 }), "2");
  },

  "a Hub that gives more than was asked for is cut to the limit": async (at) => {
    const fetch = spy(() => json(upTo(50).map((it) => ({ id: `m/${it}` }))));
    same((await collect(make(at, fetch).listModels({ limit: 5 }))).length, 5);
  },

  "nothing is asked before the first step, and a break ends it": async (at) => {
    const fetch = shelf(100, 10);
    const list = make(at, fetch).listModels();
    same(fetch.calls.length, 0);
    for await (const it of list) if (it.id === "m/9") break;
    await null;
    same(fetch.calls.length, 1, "the tenth is the last of the first page");
    for await (const it of list) if (it.id === "m/10") break;
    same(fetch.calls.length, 3, "read again from the start, and one page more");
    for await (const _ of list.pages()) break;
    same(fetch.calls.length, 4);
  },

  "an iterator that was ended stays ended": async (at) => {
    const fetch = shelf(100, 10);
    for (const iterator of [make(at, fetch).listModels()[Symbol.asyncIterator](), make(at, fetch).listModels().pages()[Symbol.asyncIterator]()]) {
      await iterator.next();
      same(await iterator.return("mine"), { done: true, value: "mine" });
      same(await iterator.next(), { done: true, value: undefined });
      same(await iterator.next(), { done: true, value: undefined });
    }
    same(fetch.calls.length, 2);
  },

  "two readings at once do not disturb each other": async (at) => {
    const list = make(at, shelf(20, 3)).listModels();
    const [a, b] = [[], []];
    const read = async (into) => {
      for await (const it of list) into.push(it);
    };
    await Promise.all([read(a), read(b)]);
    same([numbers(a), numbers(b)], [upTo(20), upTo(20)]);
  },

  "steps asked for all at once come in order": async (at) => {
    const iterator = make(at, shelf(10, 3)).listModels()[Symbol.asyncIterator]();
    const steps = await Promise.all(upTo(13).map(() => iterator.next()));
    same(steps.slice(0, 10).map((it) => it.value.id), upTo(10).map((it) => `m/${it}`));
    same(steps.slice(10).map((it) => it.done), [true, true, true]);
    const pages = make(at, shelf(7, 3)).listModels().pages();
    const all = await Promise.all(upTo(4).map(() => pages.next()));
    same(all.map((it) => it.value?.length), [3, 3, 1, undefined]);
  },

  "after a failure the same page can be asked for again": async (at) => {
    let down = true;
    const shelves = shelf(6, 3);
    const fetch = spy((call) => (call.url.includes("cursor=3") && down ? json({ error: "later" }, 503) : shelves(call.url, call.init)));
    const iterator = make(at, fetch).listModels()[Symbol.asyncIterator]();
    for (const _ of upTo(3)) await iterator.next();
    await fails(iterator.next(), "server_error");
    await fails(iterator.next(), "server_error");
    down = false;
    same((await iterator.next()).value, { id: "m/3" });
    same(numbers(await collect({ [Symbol.asyncIterator]: () => iterator })), [4, 5]);
  },

  "empty pages on the way are read over": async (at) => {
    const fetch = spy((_, count) => json(count < 4 ? [] : [{ id: "m/0" }], 200, count < 4 ? { link: `<?cursor=${count}>; rel="next"` } : {}));
    same(numbers(await collect(make(at, fetch).listModels())), [0]);
    same(fetch.calls.at(-1).url, "https://hub.example/api/models?cursor=3");
  },

  "the next link is found in every form that it may have": async (at) => {
    for (const form of [
      (to) => `<${to}>; rel="next"`, (to) => `<${to}>;rel=next`, (to) => `<${to}> ; REL = "next"`, (to) => `</x>; rel="prev", <${to}>; rel="next"`,
      (to) => `<${to}>; title="a, b; rel=prev"; rel="last next"`, (to) => `<${new URL(to).pathname}${new URL(to).search}>; rel="next"`,
    ]) {
      const fetch = shelf(6, 3, (next) => form(`https://hub.example/api/models?cursor=${next}`));
      same(numbers(await collect(make(at, fetch).listModels())), upTo(6), form("https://x.example/"));
    }
    for (const none of ["", "<", "<>", ">; rel=next", '<https://hub.example/x>; rel="prev"', "garbage", ";;;,,,", '<https://hub.example/x>; rel="nextish"']) {
      const fetch = shelf(6, 3, () => none);
      same((await collect(make(at, fetch).listModels())).length, 3, none);
    }
  },

  "an answer that is no list is refused": async (at) => {
    for (const body of ["{}", "null", "5", '"x"', '{"items":[]}', "", "<html>"]) await fails(collect(make(at, spy(() => json(body))).listModels()), "invalid_response", body);
  },

  "a signal ends a list between pages and during one": async (at) => {
    const stop = new AbortController();
    const fetch = shelf(100, 10);
    const read = [];
    const error = await fails(async () => {
      for await (const it of make(at, fetch).listModels({ signal: stop.signal })) {
        read.push(it);
        if (read.length === 15) stop.abort();
      }
    }, "aborted");
    same([read.length, fetch.calls.length, error.name], [20, 2, "AbortError"]);
  },

  "ten thousand models are read in ten requests": async ({ hubkey, hubUrl, control }) => {
    let count = 0;
    for await (const it of new hubkey.Hub({ endpoint: hubUrl }).listModels({ author: "many" })) count += it.id.startsWith("many/") ? 1 : 0;
    same([count, (await control.lines()).length], [10_000, 10]);
  },

  "whoever leaves while a page is on its way gets no more of it": async (at) => {
    const fetch = shelf(30, 10);
    const pages = make(at, fetch).listModels().pages();
    const late = pages.next();
    while (!fetch.calls.length) await Promise.resolve();
    await pages.return();
    same([(await late).done, (await pages.next()).done, fetch.calls.length], [true, true, 1]);
  },

  "a client inside a Proxy says what is wrong": async (at) => {
    const wrapped = new Proxy(make(at, shelf(1, 1)), {});
    for (const use of [() => wrapped.whoami(), () => wrapped.listModels(), () => wrapped.endpoint]) {
      const error = await fails(use, "invalid_argument");
      yes(/Proxy/.test(error.message) && /markRaw/.test(error.hint));
    }
  },

  "options are taken when the list is made, and what was asked stays": async (at) => {
    const fetch = shelf(6, 3);
    const options = { author: "a" };
    const list = make(at, fetch).listModels(options);
    await collect(list);
    yes(fetch.calls[0].url.includes("author=a"));
  },
};
