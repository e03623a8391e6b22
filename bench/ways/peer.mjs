// The peer. It asks for 500 models a page and six fields of each, and cannot be told otherwise.
import { listModels, whoAmI } from "@huggingface/hub";
import { AUTHOR, TOKEN, count } from "./common.mjs";

export function open(hub) {
  const common = { hubUrl: hub, accessToken: TOKEN };
  return {
    whoami: async () => (await whoAmI(common)).name,
    list: (wanted) => count(listModels({ ...common, search: { owner: AUTHOR }, limit: wanted })),
  };
}
