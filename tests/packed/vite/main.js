import { Hub, HubError, isHubError } from "hubkey";
import { scenario } from "../scenario.mjs";

globalThis.run = (options) => scenario({ Hub, HubError, isHubError }, options);
