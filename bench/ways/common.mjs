// What the ways have in common. Each way is a module of its own, so that a bundle or a process holds that one alone.

/** One of localhub's; valid nowhere else. */
export const TOKEN = "hf_testread00000000000000000000000000";
export const AUTHOR = "many";
export const PAGE = 1000;

/** Reads an asynchronous list to its end. */
export async function count(list) {
  let found = 0;
  for await (const it of list) found += it.id ? 1 : 0;
  return found;
}
