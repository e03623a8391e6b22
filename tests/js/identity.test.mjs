import cases from "./cases/identity.mjs";
import { play } from "./support/node.mjs";

await play(cases, {
  "a name pattern that narrows a scope is told": "the Hub's patterns are objects; the client reads texts and gives an empty list",
});
