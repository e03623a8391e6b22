import { Hub, HubError, isHubError } from "hubkey";
import { story } from "./story.mjs";

globalThis.run = (settings) => story({ Hub, HubError, isHubError }, settings);
