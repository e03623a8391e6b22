import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

test("the story", async () => {
  const report = await story({ Hub, HubError, isHubError }, JSON.parse(env.STORY));
  expect(report.login.name).toBe("ada");
  console.log(`REPORT ${JSON.stringify(report)}`);
});
