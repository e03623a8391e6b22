// What only a server may exchange is refused in a page; the rest of it is in server/exchange.mjs.
import { exchangeEmail, exchangeIdToken, githubIdToken, memberToken, trustedPublisher } from "hubkey/exchange";
import { fails, has } from "../support/check.mjs";
import { amid } from "../support/spy.mjs";

export default {
  "a page exchanges nothing": async () => {
    const app = { clientId: "app", clientSecret: "FakeSecretForTests", email: "ada@acme.example" };
    const ways = { trustedPublisher: { resource: "acme/m1", idToken: "a.b.c" }, memberToken: app, exchangeIdToken: { resource: "acme/m1", idToken: "a.b.c" }, exchangeEmail: app, githubIdToken: { env: {} } };
    const functions = { trustedPublisher, memberToken, exchangeIdToken, exchangeEmail, githubIdToken };
    const tried = async () => {
      for (const [name, options] of Object.entries(ways)) has((await fails(async () => functions[name](options), "invalid_argument", name)).message, `${name}() is for servers`);
    };
    await (typeof document === "undefined" ? amid({ document: {} }, tried) : tried());
  },
};
