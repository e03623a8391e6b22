// Ours, the default entry: the module is inside the JavaScript.
import { Hub } from "hubkey";
import { clientOf } from "./client.mjs";

export const open = clientOf(Hub);
