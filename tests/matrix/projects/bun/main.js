import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

console.log(JSON.stringify(await story({ Hub, HubError, isHubError }, JSON.parse(Bun.env.STORY))));
