// A browser as a server sees it: it keeps cookies, follows redirects to the app and to the Hub, and names its origin.

/** The rules of a cookie that the tests lean on; what a browser would drop is dropped here. */
const parse = (line, secure) => {
  const [pair, ...rest] = line.split("; "), at = pair.indexOf("=");
  const attributes = Object.fromEntries(rest.map((it) => { const [name, value = true] = it.split("="); return [name.toLowerCase(), value]; }));
  const it = { name: pair.slice(0, at), value: pair.slice(at + 1), ...attributes };
  const host = it.name.startsWith("__Host-") && !(it.secure && it.path === "/" && !it.domain);
  return host || (it.secure && !secure) || pair.length + rest.join("; ").length > 4096 ? undefined : it;
};

export class Visits {
  cookies = new Map();
  /** Every Set-Cookie line, as it came. */
  lines = [];
  /** What the app answered: status and texts, to look for secrets in. */
  seen = [];

  /** @param {(request: Request) => Promise<Response>} app */
  constructor(app, origin = "https://app.example") {
    Object.assign(this, { app, origin });
  }

  get header() { return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "); }

  keep(response) {
    for (const line of response.headers.getSetCookie()) {
      this.lines.push(line);
      const it = parse(line, this.origin.startsWith("https:"));
      if (!it) throw new Error("a browser would drop this cookie");
      if (it["max-age"] === "0") this.cookies.delete(it.name);
      else this.cookies.set(it.name, it.value);
    }
  }

  /** One request to the app, whose redirect is not followed. */
  async ask(path, { method = "GET", headers, body } = {}) {
    const all = new Headers(headers);
    if (this.cookies.size && !all.has("cookie")) all.set("cookie", this.header);
    const response = await this.app(new Request(new URL(path, this.origin), { method, headers: all, body }));
    if (!response) return;
    this.keep(response);
    this.seen.push(`${response.status} ${JSON.stringify([...response.headers].filter(([name]) => name !== "set-cookie"))} ${await response.clone().text()}`);
    return response;
  }

  post(path, headers) { return this.ask(path, { method: "POST", headers: { origin: this.origin, ...headers } }); }

  async json(path) { return (await this.ask(path)).json(); }

  /** To the Hub, which agrees by itself, and where it sends the browser then. */
  async agree(url, send = fetch) {
    const response = await send(url, { redirect: "manual" });
    if (response.status !== 303) throw new Error(`the Hub does not agree: ${response.status} ${await response.text()}`);
    return response.headers.get("location");
  }

  /** The whole sign-in; gives the answer to the callback. */
  async signIn(path = "/auth/login", send) {
    const there = await this.ask(path);
    if (there.status !== 303) throw new Error(`no redirect: ${there.status} ${await there.text()}`);
    return this.ask(await this.agree(there.headers.get("location"), send));
  }
}
