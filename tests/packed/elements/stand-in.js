// In place of a Hub: signs in and out when the test says so, and notes what it was asked.

export const ADA = {
  type: "user", id: "5f0000000000000000000001", name: "ada", fullname: "Ada Lovelace", orgs: [], token: { kind: "oauth" },
  avatarUrl: new URL("face.svg", import.meta.url).href,
};

export class StandIn {
  endpoint = "https://hub.test";
  session = Object.freeze({ status: "signed_out" });
  asked = [];
  #listeners = new Set();
  #settle;

  get listeners() { return this.#listeners.size; }

  subscribe = (fn) => {
    this.#listeners.add(fn);
    fn(this.session);
    return () => this.#listeners.delete(fn);
  };

  become(session, kind, elsewhere = false) {
    this.session = Object.freeze(session);
    for (const fn of this.#listeners) fn(this.session, { kind, elsewhere });
  }

  signedIn(kind = "login", elsewhere = false, identity = ADA) {
    this.become({ status: "signed_in", profile: identity ? `oauth-${identity.name}` : "pasted", persisted: true, source: "store", ...(identity && { identity }) }, kind, elsewhere);
  }

  signIn = ({ signal, ...options }) => {
    this.asked.push({ signIn: options, within: navigator.userActivation?.isActive });
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      signal.addEventListener("abort", () => {
        this.asked.push("aborted");
        reject(Object.assign(new Error("aborted"), { code: "aborted" }));
      });
    });
  };

  fail(error) { this.#settle.reject(error); }

  succeed(more) {
    this.signedIn();
    this.#settle.resolve({ ...ADA, persisted: true, warnings: [], grantedScopes: ["openid", "profile"], ...more });
  }

  handleRedirect = async (options) => {
    this.asked.push({ handleRedirect: options });
    history.replaceState(null, "", location.pathname);
    // As it is with a Hub that has to be asked.
    await new Promise((done) => setTimeout(done));
    this.signedIn();
    return { ...ADA, persisted: true, warnings: [], grantedScopes: ["openid"], returnTo: this.returnTo };
  };

  whoami = async () => {
    this.asked.push("whoami");
    this.signedIn("identity");
    return ADA;
  };

  logout = async () => {
    this.asked.push("logout");
    this.become({ status: "signed_out" }, "logout");
    if (this.refusal) throw this.refusal;
  };

  getToken = async () => null;
}
