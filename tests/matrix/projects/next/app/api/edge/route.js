import { Hub, HubError, isHubError } from "hubkey";
import { story } from "../../../story.mjs";

export const runtime = "edge";

export const POST = async (request) => Response.json(await story({ Hub, HubError, isHubError }, await request.json()));
