// A bare fetch: the least that does the job.
import { AUTHOR, PAGE, TOKEN } from "./common.mjs";

const next = (link) => /<([^>]+)>; +rel="next"/.exec(link ?? "")?.[1];

export function open(hub) {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  return {
    whoami: async () => (await (await fetch(`${hub}/api/whoami-v2`, { headers })).json()).name,
    async list(wanted) {
      let found = 0;
      for (let url = `${hub}/api/models?author=${AUTHOR}&limit=${PAGE}`; url && found < wanted;) {
        const answer = await fetch(url, { headers });
        for (const it of await answer.json()) found += it.id ? 1 : 0;
        url = next(answer.headers.get("link"));
      }
      return found;
    },
  };
}
