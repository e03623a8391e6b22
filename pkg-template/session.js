// What the module holds of the sign-in, and what a page may know of it. It outlasts an instance of the module; what
// leaves it has no token in it.

/** What a change is called that a method made, by the method's number. */
const MADE = ["login", "login", "switch", "logout"];
export const LOGOUT = 3;

/** What an OAuth sign-in left beside its token, as `hubkey/oauth` wrote it; what others wrote is none. */
const granted = (text) => {
  try {
    const it = JSON.parse(text);
    return it?.v === 1 && typeof it.id === "string" ? it : undefined;
  } catch {}
};

/** As an event's listeners are called: what one throws is the platform's to report, and disturbs nobody. */
const call = ({ fn }, ...args) => {
  try { fn(...args); } catch (error) { queueMicrotask(() => { throw error; }); }
};

const kindOf = (before, now, same, made) => {
  if (now.status === "expired" && !(same && before.status === "expired")) return "expired";
  if (made) return made;
  if (before.status === "unknown") return "loaded";
  if (now.status === "signed_out") return "logout";
  if (same && now.profile === before.profile) return "identity";
  return before.status === "signed_out" || now.profile === before.profile ? "login" : "switch";
};

export class Session {
  // The module reads and writes these, by their names.
  token;
  pinned = false;
  profile;
  source;
  given = 0;
  ruling = 0;
  /** Of the token that was held last, and when that ends by a clock that nobody sets. */
  grant;
  ends;
  /** Somebody renews it, and says when that is over. */
  renews = false;
  ending = false;

  /** The token that was held last; `token` alone is emptied, to have the store asked again. */
  #held;
  #granted;
  /** Which sign-in that is: it stays the same while its token is renewed. */
  #which;
  #known = false;
  #expired = false;
  #identity;
  /** The snapshot, what it was made from, and whether that may have changed. */
  #last = Object.freeze({ status: "unknown" });
  #parts = [];
  #stale = true;

  #listeners = new Set();
  #leave;
  /** What the listeners know. */
  #told;
  #writing = 0;
  #quiet = 0;
  #hearing = 0;

  hold(token, pinned, profile, source, text) {
    if (text !== this.#granted) {
      this.grant = granted(text);
      const at = this.grant?.expiresAt;
      this.ends = typeof at === "number" ? performance.now() + at - Date.now() : Infinity;
      this.#granted = text;
    }
    const which = this.grant?.id ?? token;
    if (which !== this.#which) this.#identity = undefined;
    this.#identity ??= this.grant?.identity;
    if (token !== this.#held) this.#expired = undefined;
    Object.assign(this, { token, pinned, profile, source: token && source });
    this.#held = token;
    this.#which = which;
    this.#known = this.#stale = true;
  }

  /** What calls go out with, also while the store is asked again. */
  get held() { return this.#held; }

  /** Whose a token is; without that: it is bad. Of no other token than the one in use. */
  heard(token, identity) {
    if (token !== this.#held) return;
    this.#expired = !identity && !(this.renews && this.grant?.refreshToken);
    this.#identity = identity ?? this.#identity;
    this.#stale = true;
  }

  /** The same object until something changes, as frameworks want it. */
  get snapshot() {
    if (!this.#stale) return this.#last;
    this.#stale = false;
    const held = this.#held, { profile, source } = this;
    // Without the Hub's own answer: nobody knows what is in it.
    const { raw, persisted: _, warnings, ...identity } = this.#identity ?? {};
    const text = JSON.stringify({
      status: !this.#known ? "unknown" : !held ? "signed_out" : this.#expired ? "expired" : "signed_in",
      ...(held && { profile, identity: this.#identity && identity, persisted: source !== "memory" && source !== "option", source }),
    });
    if (this.#parts[0] !== this.#which || this.#parts[1] !== text) {
      this.#parts = [this.#which, text];
      // A Hub may repeat what it was sent.
      this.#last = JSON.parse(text, (_, it) => (typeof it === "string" && held?.length >= 8 ? it.replaceAll(held, "****") : Object.freeze(it)));
    }
    return this.#last;
  }

  /** Calls with the snapshot, now and after each change. `listen` begins to hear of others and gives what ends that. */
  subscribe(fn, listen) {
    const it = { fn };
    this.#listeners.add(it);
    if (!this.#leave) {
      this.#told = [this.snapshot, this.#which];
      this.#leave = listen();
    }
    call(it, this.snapshot);
    return () => {
      if (!this.#listeners.delete(it) || this.#listeners.size) return;
      this.#leave();
      this.#leave = undefined;
    };
  }

  /** After each step of a call: a sign-in is told when it is whole, a sign-out at once. */
  stepped(op) {
    if (op === LOGOUT) this.#tell(this.ending ? "expired" : MADE[op]);
    else if (!this.#writing) this.#tell();
  }

  /** A sign-in, sign-out or switch from its beginning to its end. */
  async making(op, work) {
    this.#writing++;
    let made;
    try {
      const answer = await work();
      made = MADE[op];
      return answer;
    } finally {
      this.#writing--;
      this.#tell(made);
    }
  }

  /** A sign-in in several steps, told when it is whole. */
  async quietly(work) {
    this.#quiet++;
    try { return await work(); }
    finally {
      this.#quiet--;
      this.#tell(this.snapshot.status === "signed_in" ? MADE[0] : undefined);
    }
  }

  /** Somebody says that the store changed: look, and at most once more for all that is said meanwhile. */
  async hear(look) {
    if (this.#hearing++) return;
    for (let heard; heard !== this.#hearing;) {
      heard = this.#hearing;
      // One that was asked for its answer would not ask again; what stays in memory on purpose stays.
      if (!this.pinned) this.token = undefined;
      await look().catch(() => {});
    }
    this.#hearing = 0;
  }

  #tell(made) {
    if (!this.#leave || this.#quiet) return;
    const [before, which] = this.#told, now = this.snapshot;
    if (now === before) return;
    this.#told = [now, this.#which];
    const kind = kindOf(before, now, which === this.#which, made);
    const change = Object.freeze({ kind, elsewhere: !made && /^log|sw/.test(kind) });
    for (const it of [...this.#listeners]) {
      // Where one of them changed something, the others know already what came of it.
      if (this.#told[0] !== now) return;
      if (this.#listeners.has(it)) call(it, now, change);
    }
  }
}
