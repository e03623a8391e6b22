// Ours, with the module as a file of its own.
import { Hub } from "hubkey/url";
import { clientOf } from "./client.mjs";

export const open = clientOf(Hub);
