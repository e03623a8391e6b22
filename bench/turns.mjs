// Taking turns, and what is kept of the times.

/** Always the same numbers: two runs on one machine measure in the same order. */
function* numbers() {
  for (let state = 1;;) yield (state = (state * 48_271) % 2_147_483_647);
}

/**
 * Names in `rounds` rounds. A busy machine is busy for all of them, and each round is shuffled: in a fixed order the
 * same one would always pay for what the one before it left to the garbage collector.
 */
export function turns(names, rounds) {
  const random = numbers();
  const order = [];
  for (let round = 0; round < rounds; round++) {
    const left = [...names];
    while (left.length) order.push(...left.splice(random.next().value % left.length, 1));
  }
  return order;
}

const short = (ms) => Math.round(ms * 1000) / 1000;

/** Of times in milliseconds: the middle, and what 19 of 20 stay below. */
export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => short(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  return { median: at(0.5), p95: at(0.95), count: sorted.length };
}

/** Runs `once` in turns, and sums up by name. */
export async function measure(names, rounds, once) {
  const times = Object.fromEntries(names.map((it) => [it, []]));
  for (const name of turns(names, rounds)) times[name].push(await once(name));
  return Object.fromEntries(names.map((it) => [it, summary(times[it])]));
}

export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
