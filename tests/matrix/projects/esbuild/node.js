import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

story({ Hub, HubError, isHubError }, JSON.parse(process.env.STORY)).then((report) => console.log(JSON.stringify(report)));
