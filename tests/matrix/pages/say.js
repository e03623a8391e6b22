// A classic script, first in each page: it tells the cell how the page ended, also when its module never starts.

const post = (body) => fetch("/said", { method: "POST", body: JSON.stringify(body) });
const told = (error) => ({
  message: `${error?.name ?? typeof error}: ${error?.message ?? error}${error?.hint ? ` (${error.hint})` : ""}`,
  stack: error?.stack,
  unavailable: error?.unavailable,
});

/** Runs the page's work, which gets the settings and gives the report. */
globalThis.say = async (work) => {
  try {
    const settings = await (await fetch("/settings")).json();
    await post({ report: await work(settings) });
  } catch (error) {
    await post({ failure: told(error) });
  }
};

addEventListener("error", ({ error, message, target }) => {
  const failed = target !== globalThis && (target?.src ?? target?.href);
  post({ failure: failed ? { message: `cannot load ${failed}` } : error ? told(error) : { message } });
}, true);
addEventListener("unhandledrejection", ({ reason }) => post({ failure: told(reason) }));
