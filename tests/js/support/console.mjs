const METHODS = ["log", "info", "warn", "error", "debug", "trace", "dir", "table"];

/** Hears what anybody says on the console, until the function that it gives is called; that one gives what was heard. */
export function listen() {
  const heard = [];
  const before = METHODS.map((name) => [name, console[name]]);
  for (const name of METHODS) console[name] = (...args) => void heard.push(`console.${name}: ${args.map(String).join(" ")}`);
  return () => {
    for (const [name, it] of before) console[name] = it;
    return heard;
  };
}
