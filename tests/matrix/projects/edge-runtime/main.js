import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

addEventListener("fetch", (event) => {
  event.respondWith(event.request.json().then((settings) => story({ Hub, HubError, isHubError }, settings)).then((report) => Response.json(report)));
});
