import * as hubkey from "hubkey";
import { scenario } from "../scenario.mjs";

const [endpoint, token] = process.argv.slice(2);
console.log(JSON.stringify(await scenario(hubkey, { endpoint, token })));
