// Workers of the page, and how to ask one.

export async function workers() {
  const { installing, waiting, active } = await navigator.serviceWorker.register("/vault-worker.js", { type: "module" });
  const service = installing ?? waiting ?? active;
  while (service.state !== "activated") await new Promise((resolve) => service.addEventListener("statechange", resolve, { once: true }));
  return { dedicated: new Worker("/vault-worker.js", { type: "module" }), service };
}

export function ask(worker, what, endpoint) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data.answer));
    worker.onerror = ({ message }) => reject(new Error(message ?? "the worker's script did not load"));
    worker.postMessage({ what, endpoint }, [port2]);
  });
}
