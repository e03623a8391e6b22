/** A server that tells the story when it is sent the settings. */
export async function asked({ hubUrl, token, badToken }, url) {
  const response = await fetch(url, { method: "POST", body: JSON.stringify({ hubUrl, token, badToken }) });
  if (!response.ok) throw new Error(`${response.status}: ${readable(await response.text())}`);
  return response.json();
}

/** What an error page says, without its looks. */
const readable = (html) => html.replace(/<(style|script|svg).*?<\/\1>|<[^>]*>/gs, " ").replace(/\s+/g, " ").slice(0, 2000);
