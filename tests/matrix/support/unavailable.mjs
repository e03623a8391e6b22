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

/**
 * What npm says where a package cannot be reached, or is not made for this platform. Ours is a file without dependencies, so
 * it says this of tools alone. A version that does not exist is not among them: that is a slip of ours.
 */
const NOT_HAD = /npm error code (E404|EBADPLATFORM|ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT)/;

/** Tells an installation that failed for want of a tool from any other. */
export function notHad(error) {
  if (!NOT_HAD.test(error.message)) throw error;
  const [first, ...more] = error.message.split("\n").filter((line) => line.startsWith("npm error"));
  throw new Unavailable(`npm could not install the tool: ${[first, ...more.slice(0, 2)].join("; ").replaceAll("npm error ", "")}`);
}
