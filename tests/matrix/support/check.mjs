// The one report that is right.
import assert from "node:assert/strict";

const RIGHT = {
  login: { name: "ada", role: "read", persisted: false },
  bad: { code: "invalid_token", status: 401, isHubError: true, isInstance: true, hasHint: true, tellsToken: false },
  logout: { token: null, code: "no_token" },
};

export function check(report) {
  assert.ok(report && typeof report === "object", `no report came, but ${JSON.stringify(report)}`);
  const { models, ...rest } = report;
  assert.deepEqual(rest, RIGHT);
  assert.equal(models?.length, 5, "a page of five models");
  assert.equal(new Set(models).size, 5, "five different models");
  for (const id of models) assert.match(id, /^ada\//);
}
