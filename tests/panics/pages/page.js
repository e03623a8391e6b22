// Runs the cases in this page and posts the report, so that no driver has to run code here.
import { panics } from "/cases.mjs";

const stray = [];
addEventListener("error", ({ message }) => stray.push(message));
addEventListener("unhandledrejection", ({ reason }) => stray.push(`${reason}`));
const say = (it) => fetch("/said", { method: "POST", body: JSON.stringify(it) });
try {
  const report = await panics(await import(`/hubkey/${new URL(location).searchParams.get("entry")}`));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await say({ report, stray });
} catch (error) {
  await say({ failure: `${error?.stack ?? error}` });
}
