// Taking turns, and what is kept of the times.

/**
 * Names in `rounds` rounds. A busy machine is busy for all of them. Each comes at each place equally often, and after
 * each other equally often: what one leaves to be cleared away is paid for by the next. (A Williams design: rows 0, 1,
 * n-1, 2, n-2 … shifted by one each time; where n is odd, every other row backwards.)
 */
export function turns(names, rounds) {
  const n = names.length;
  const row = names.map((_, at) => (at % 2 ? (at + 1) / 2 : n - at / 2) % n);
  const order = [];
  for (let round = 0; round < rounds; round++) {
    const backwards = n % 2 === 1 && round % 2 === 1;
    const shift = n % 2 ? Math.floor(round / 2) : round;
    const places = row.map((place) => (place + shift) % n);
    for (const place of backwards ? places.reverse() : places) order.push(names[place]);
  }
  return order;
}

const short = (number) => Math.round(number * 1000) / 1000;

function at(part, numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return short(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
}

/** How far the median of other rounds would lie from this one, 19 times of 20: twice its standard error, by the quartiles. */
const within = (numbers) => short(2 * 1.253 * (at(0.75, numbers) - at(0.25, numbers)) / 1.349 / Math.sqrt(numbers.length));

const over = (numbers) => ({ median: at(0.5, numbers), within: within(numbers) });

/**
 * Of times in milliseconds, by name and round: the middle, and what 19 of 20 stay below. What a way costs over `bare` is
 * the middle of what it cost in each round: load that comes and goes strikes whole rounds, and leaves the differences.
 */
export function summaries(times) {
  const { bare } = times;
  return Object.fromEntries(Object.entries(times).map(([name, own]) => [name, {
    median: at(0.5, own), p95: at(0.95, own), count: own.length,
    ...(own !== bare && { more: over(own.map((it, round) => it - bare[round])), times: over(own.map((it, round) => it / bare[round])) }),
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
