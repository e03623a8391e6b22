// What the element says. `{name}` is the person's.

export const WORDS = Object.freeze({
  signIn: "Sign in with Hugging Face",
  busy: "Signing in…",
  cancel: "Cancel",
  again: "Try again",
  here: "Continue in this tab",
  signedIn: "Signed in",
  signedInAs: "Signed in as {name}",
  profile: "View profile",
  signOut: "Sign out",
  signedOut: "Signed out",
  ended: "Your sign-in has ended. Sign in again to go on.",
  offline: "This device seems to be offline.",
});

export const say = (words, key, name) => words[key].replace("{name}", () => name);

/** As a sentence of its own. */
export const sentence = (text) => text.replace(/^./u, (it) => it.toUpperCase()).replace(/[^.!?…]$/u, "$&.");

/** Letters to stand for a face. */
export const initials = (name) => {
  const words = name.split(/[\s._-]+/).filter((it) => /[\p{L}\p{N}]/u.test(it));
  return [words[0], words.length > 1 && words.at(-1)].map((it) => (it ? [...it][0] : "")).join("").toUpperCase();
};
