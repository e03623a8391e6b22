// The three ways to do a job: ours, the peer's, a bare fetch. Each is loaded only where it is measured.

export const TOKEN = "hf_testread00000000000000000000000000";

const next = (link) => /<([^>]+)>; +rel="next"/.exec(link ?? "")?.[1];

export const ways = {
  async bare(hub) {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    return {
      whoami: async () => (await (await fetch(`${hub}/api/whoami-v2`, { headers })).json()).name,
      async list(wanted) {
        let count = 0;
        for (let url = `${hub}/api/models?author=many&limit=1000`; url && count < wanted;) {
          const answer = await fetch(url, { headers });
          for (const it of await answer.json()) count += it.id ? 1 : 0;
          url = next(answer.headers.get("link"));
        }
        return count;
      },
    };
  },
  async ours(hub) {
    const { Hub } = await import("hubkey");
    const client = new Hub({ endpoint: hub, token: TOKEN });
    return {
      whoami: async () => (await client.whoami()).name,
      async list(wanted) {
        let count = 0;
        for await (const it of client.listModels({ author: "many", limit: wanted, pageSize: 1000 })) count += it.id ? 1 : 0;
        return count;
      },
    };
  },
  async peer(hub) {
    const { whoAmI, listModels } = await import("@huggingface/hub");
    const common = { hubUrl: hub, accessToken: TOKEN };
    return {
      whoami: async () => (await whoAmI(common)).name,
      async list(wanted) {
        let count = 0;
        for await (const it of listModels({ ...common, search: { owner: "many" }, limit: wanted })) count += it.id ? 1 : 0;
        return count;
      },
    };
  },
};
