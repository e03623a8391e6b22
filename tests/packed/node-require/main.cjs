const hubkey = require("hubkey");

const [endpoint, token] = process.argv.slice(2);
import("../scenario.mjs")
  .then(({ scenario }) => scenario(hubkey, { endpoint, token }))
  .then((report) => console.log(JSON.stringify(report)));
