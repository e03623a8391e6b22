const { Hub, HubError, isHubError } = require("hubkey");
const { story } = require("./story.mjs");

test("the story", async () => {
  const report = await story({ Hub, HubError, isHubError }, JSON.parse(process.env.STORY));
  expect(report.login.name).toBe("ada");
  console.log(`REPORT ${JSON.stringify(report)}`);
});
