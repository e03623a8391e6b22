/** The tool of a cell cannot be had on this machine; the reason is what was seen. */
export class Unavailable extends Error {
  name = "Unavailable";
}

/** The path of a tool, which xtask looked for; where it found none it says what it met. */
export function needed(path, what) {
  if (path) return path;
  const seen = process.env.HUBKEY_NOT_HERE ?? "";
  throw new Unavailable(`${what} was not found${seen && ` (${seen})`}`);
}
