// Ours, whichever entry the class comes from.
import { AUTHOR, PAGE, TOKEN, count } from "./common.mjs";

export const clientOf = (Hub) => (hub) => {
  const client = new Hub({ endpoint: hub, token: TOKEN });
  return {
    whoami: async () => (await client.whoami({ cache: false })).name,
    list: (wanted) => count(client.listModels({ author: AUTHOR, limit: wanted, pageSize: PAGE })),
  };
};
