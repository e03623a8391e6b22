// The same jobs written with ours and with the peer's functions, as a page would: source text for the bundlers.

/** `ENTRY` is ours to fill in: `hubkey`, or `hubkey/url`. */
export const jobs = {
  whoami: {
    what: "whoami",
    ours: `
      import { Hub } from "ENTRY";
      export const whoami = (token) => new Hub({ token }).whoami();`,
    peer: `
      import { whoAmI } from "@huggingface/hub";
      export const whoami = (accessToken) => whoAmI({ accessToken });`,
  },
  page: {
    what: "sign-in, list, info, create",
    ours: `
      import { Hub, localStore } from "ENTRY";
      const hub = new Hub({ store: localStore() });
      export const signIn = (token) => hub.login({ token });
      export const list = (author) => hub.listModels({ author });
      export const info = (repo) => hub.modelInfo({ repo });
      export const create = (repo) => hub.createRepo({ repo });
      export const signOut = () => hub.logout();`,
    // It keeps no token: a page does.
    peer: `
      import { createRepo, listModels, modelInfo, whoAmI } from "@huggingface/hub";
      let accessToken = localStorage.getItem("token") ?? undefined;
      export const signIn = async (token) => {
        const me = await whoAmI({ accessToken: token });
        localStorage.setItem("token", (accessToken = token));
        return me;
      };
      export const list = (owner) => listModels({ search: { owner }, accessToken });
      export const info = (name) => modelInfo({ name, accessToken });
      export const create = (repo) => createRepo({ repo, accessToken });
      export const signOut = () => localStorage.removeItem("token");`,
  },
  all: {
    what: "everything",
    ours: `export * from "ENTRY";`,
    peer: `export * from "@huggingface/hub";`,
  },
};
