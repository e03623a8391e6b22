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

const short = (number) => Math.round(number * 1000) / 1000;

function at(part, numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return short(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
}

/**
 * Of times in milliseconds, by name and round: the middle, and what 19 of 20 stay below. What a way costs over `bare` is
 * the middle of what it cost in each round: load that comes and goes strikes whole rounds, and leaves the differences.
 */
export function summaries(times) {
  const { bare } = times;
  return Object.fromEntries(Object.entries(times).map(([name, own]) => [name, {
    median: at(0.5, own), p95: at(0.95, own), count: own.length,
    ...(own !== bare && { more: at(0.5, own.map((it, round) => it - bare[round])), times: at(0.5, own.map((it, round) => it / bare[round])) }),
  }]));
}

/** Runs `once` in turns, and sums up by name. */
export async function measure(names, rounds, once) {
  const times = Object.fromEntries(names.map((it) => [it, []]));
  for (const name of turns(names, rounds)) times[name].push(await once(name));
  return summaries(times);
}

export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
