// What an outcome means, given what the list expects.

/** The kinds of result, in the order of the last line; `bad` ones make the command fail. */
export const KINDS = {
  works: { one: "works", many: "work" },
  failsAsListed: { one: "fails as listed", many: "fail as listed" },
  notHere: { one: "not on this machine", many: "not on this machine" },
  fails: { one: "FAILS", many: "FAIL", bad: true },
  stale: { one: "works though listed as failing", many: "work though listed as failing", bad: true },
};

/** @returns {{ kind: keyof typeof KINDS, text: string }} */
export function verdict(cell, { ended, message }, { short }) {
  if (ended === "works") return cell.expect ? { kind: "stale", text: "works though listed as failing" } : { kind: "works", text: "works" };
  // What the short ones need has to be everywhere.
  if (ended === "not here") return { kind: short ? "fails" : "notHere", text: `not here: ${message}` };
  if (!cell.expect) return { kind: "fails", text: "FAILS" };
  const unsaid = cell.says.filter((part) => !message.includes(part));
  if (unsaid.length > 0) return { kind: "fails", text: `FAILS otherwise than listed: does not say ${unsaid.join(", ")}` };
  return { kind: "failsAsListed", text: `fails as listed: ${cell.reason}` };
}

/** `31 cells: 27 work, 2 fail as listed, 2 not on this machine` */
export function sum(verdicts) {
  const parts = Object.entries(KINDS).map(([kind, { one, many }]) => {
    const count = verdicts.filter((it) => it.kind === kind).length;
    return count > 0 && `${count} ${count === 1 ? one : many}`;
  });
  return `${verdicts.length} cell${verdicts.length === 1 ? "" : "s"}: ${parts.filter(Boolean).join(", ")}`;
}
