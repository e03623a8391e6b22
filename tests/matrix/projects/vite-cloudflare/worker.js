import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

export default {
  async fetch(request) {
    if (request.method !== "POST") return new Response("ready");
    return Response.json(await story({ Hub, HubError, isHubError }, await request.json()));
  },
};
