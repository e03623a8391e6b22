// Sessions of visitors, in Node. The tables are played in workerd too, by places/server.test.mjs.
import { tables } from "./server/tables.mjs";
import { play } from "./support/node.mjs";

for (const table of Object.values(tables)) await play(table);
