import * as hubkey from "./entry.js";
import { told } from "./told.js";

told("page", hubkey);
