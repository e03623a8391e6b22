// The text of an answer. What is longer than any of the Hub's is not read to its end.

/** Bytes as they are unpacked, of an answer and of an error. */
const MOST = 2 ** 24, MOST_OF_ERROR = 2 ** 16;

export const textOf = async (response) => {
  const { ok, body, headers, type } = response;
  if (typeof body?.getReader !== "function") return response.text();
  const most = ok ? MOST : MOST_OF_ERROR, said = headers.get("content-length");
  // What is not packed is as long as it says; of another origin's answer a page is not told whether it is.
  if (said && said <= most && type !== "cors" && !headers.get("content-encoding")) return response.text();
  const reader = body.getReader(), decoder = new TextDecoder();
  for (let text = "", count = 0;;) {
    const { done, value } = said > most ? {} : await reader.read();
    if (done) return text + decoder.decode();
    if (!value || (count += value.length) > most) {
      reader.cancel().catch(() => {});
      // A proxy's long page is no reason to forget the status.
      if (!ok && /html/.test(headers.get("content-type"))) return "";
      throw ["response_too_large"];
    }
    text += decoder.decode(value, { stream: true });
  }
};
