import { Hub, HubError, isHubError } from "hubkey";
import { story } from "../../../story.mjs";

export const runtime = "nodejs";

export const POST = async (request) => Response.json(await story({ Hub, HubError, isHubError }, await request.json()));
