// What the client's `debug` is told: that a request leaves, and how it ended. Never a value of a header, a query or a body.

import { header } from "./snippets.js";

let last = 0;

/**
 * @param {(text: string) => string} clean takes secrets and the query out of an address
 * @param {unknown[]} request as the host is given it
 */
export const told = (debug, clean, send, [url, method, , authorization, , , , says]) => {
  // A redirect may lead to a path with the token in it, and there the token itself does not go along.
  const known = (says.known ??= authorization?.slice(7) ?? "");
  const hide = (text) => clean(known.length < 8 ? text : text.replaceAll(known, "****"));
  const began = performance.now(), id = ++last;
  const about = { id, call: (says.call ??= id), method, url: hide(url) };
  const tell = async (type, more) => {
    // What a listener throws, now or later, is no failure of the call; nor is an answer that cannot be read.
    try {
      const event = { type, ...about, ...more() };
      // Not from within the module, which stands on the same stack.
      await undefined;
      await debug(event);
    } catch {}
  };
  const ms = () => performance.now() - began;
  tell("request", () => ({ authorized: !!authorization }));
  const sent = send();
  sent.then(
    ({ status, headers }) => tell("answer", () => {
      const requestId = header(headers, "x-request-id x-amzn-trace-id x-amz-cf-id");
      return { status: status & 0xffff, ms: ms(), requestId: requestId && hide(requestId) };
    }),
    ([code]) => tell("failure", () => ({ code: code === "invalid" ? "invalid_response" : code, ms: ms() })),
  );
  return sent;
};
