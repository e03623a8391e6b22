import * as hubkey from "hubkey";
import { scenario } from "../scenario.mjs";

export default {
  async fetch(request, env) {
    const report = await scenario(hubkey, { endpoint: env.HF_ENDPOINT, token: env.HF_TOKEN });
    // The way a Worker is meant to sign in: from its secret binding, read only.
    const { name } = await hubkey.Hub.fromEnv(env).whoami();
    return Response.json({ ...report, fromEnv: name });
  },
};
