// userOverview, orgOverview, orgMembers against localhub.
import { fails, same, yes } from "../support/check.mjs";
import { collect } from "./models.mjs";

const asking = ({ hubkey, hubUrl, token }, name) => new hubkey.Hub({ endpoint: hubUrl, ...(name && { token: token(name) }) });

export default {
  "overviews are the Hub's own answers": async (at) => {
    const bare = async (path) => (await fetch(at.hubUrl + path)).json();
    same(await asking(at).userOverview({ username: "ada" }), await bare("/api/users/ada/overview"));
    same(await asking(at).orgOverview({ organization: "acme" }), await bare("/api/organizations/acme/overview"));
    same((await asking(at, "testread").userOverview({ username: "ada" })).numModels, 60);
    yes((await asking(at).userOverview({ username: "ada" })).numModels < 60, "private ones are not counted for strangers");
  },

  "nobody of that name is not found": async (at) => {
    for (const it of ["nobody", "acme"]) same((await fails(asking(at).userOverview({ username: it }), "not_found")).status, 404);
    for (const it of ["nobody", "ada"]) {
      await fails(asking(at, "testread").orgOverview({ organization: it }), "not_found");
      await fails(collect(asking(at).orgMembers({ organization: it })), "not_found");
    }
  },

  "a name is one part of the path, whatever is in it": async (at) => {
    for (const it of ["a/b", "a?b#c", "../ada", "ä"]) {
      await fails(asking(at).userOverview({ username: it }), "not_found");
      const { path } = (await at.control.requests()).at(-1);
      same([path.split("/").length, decodeURIComponent(path.split("/")[3])], [5, it]);
    }
    await at.control.forget();
    for (const it of ["", ".", "..", undefined, null]) {
      await fails(asking(at).userOverview({ username: it }), it === null ? "invalid_argument" : "invalid_path", String(it));
      await fails(collect(asking(at).orgMembers({ organization: it })), it === null ? "invalid_argument" : "invalid_path", String(it));
    }
    await fails(asking(at).orgOverview(), "invalid_path");
    await fails(asking(at).orgOverview({ organization: {} }), "invalid_argument");
    same(await at.control.lines(), []);
  },

  "members come over pages, each once": async (at) => {
    const all = await collect(asking(at).orgMembers({ organization: "umbrella" }));
    same([all.length, new Set(all.map((it) => it.user)).size], [1200, 1200]);
    const lines = await at.control.lines();
    same([lines.length, lines[0]], [3, "GET /api/organizations/umbrella/members"]);
    const sizes = [];
    for await (const page of asking(at).orgMembers({ organization: "acme", pageSize: 10 }).pages()) sizes.push(page.length);
    same(sizes, [10, 10, 5]);
  },

  "the Hub gives no page of less than ten, a list may be shorter": async (at) => {
    for (const [options, query, count] of [[{ limit: 3 }, "limit=10", 3], [{ limit: 12 }, "limit=12", 12], [{ pageSize: 2, limit: 4 }, "limit=10", 4], [{ limit: 1, search: "staff" }, "search=staff&limit=10", 1]]) {
      await at.control.forget();
      same((await collect(asking(at).orgMembers({ organization: "acme", ...options }))).length, count);
      same((await at.control.requests()).map((it) => it.query), [query], JSON.stringify(options));
    }
  },

  "what is shown of a member depends on who asks": async (at) => {
    const [one] = await collect(asking(at).orgMembers({ organization: "acme", search: "staff-07" }));
    same([one.user, one.role, one.verifiedEmail], ["acme-staff-07", undefined, undefined]);
    const [seen] = await collect(asking(at, "testread").orgMembers({ organization: "acme", search: "staff-07" }));
    same([seen.role, seen.verifiedEmail], ["write", undefined]);
    const [known] = await collect(asking(at, "testgod").orgMembers({ organization: "acme", email: "acme-staff-07@example.org" }));
    same([known.user, known.verifiedEmail, known.isExternalCollaborator], ["acme-staff-07", "acme-staff-07@example.org", true]);
    same((await at.control.requests()).at(-1).query, "email=acme-staff-07%40example.org");
    await fails(collect(asking(at, "testgod").orgMembers({ organization: "acme", email: "nobody" })), "invalid_request");
  },

  "a bad token on a public page is no failure of it": async (at) => {
    same((await asking(at, "testrevoked").userOverview({ username: "ada" })).user, "ada");
  },
};
