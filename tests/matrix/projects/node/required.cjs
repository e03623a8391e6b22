const { Hub, HubError, isHubError } = require("hubkey");

import("./story.mjs")
  .then(({ story }) => story({ Hub, HubError, isHubError }, JSON.parse(process.env.STORY)))
  .then((report) => console.log(JSON.stringify(report)));
