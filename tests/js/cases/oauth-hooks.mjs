// What the core does for a client that signs in with OAuth; what OAuth itself is about stands in the other oauth files.
import { caught, same } from "../support/check.mjs";

export default {
  "without the option each way to sign in says what is missing": async ({ hubkey }) => {
    const hub = new hubkey.Hub();
    for (const name of ["signIn", "handleRedirect", "deviceLogin"]) {
      const error = await caught(hub[name]());
      same([error.code, error.message.includes(name), error.hint.includes("hubkey/oauth")], ["invalid_argument", true, true]);
    }
  },

  "the option is what oauth() gives and nothing else": async ({ hubkey }) => {
    for (const oauth of [{}, true, "client", () => {}, []]) {
      let error;
      try { new hubkey.Hub({ oauth }); } catch (it) { error = it; }
      same([error?.code, error?.hint.includes("hubkey/oauth")], ["invalid_argument", true]);
    }
    for (const oauth of [undefined, null]) same(new hubkey.Hub({ oauth }).session, { status: "signed_out" });
  },
};
