import { Hub, HubError, isHubError } from "hubkey";
import { story } from "../../story.mjs";

export const load = async () => ({ report: await story({ Hub, HubError, isHubError }, JSON.parse(process.env.STORY)) });
