import cases from "./cases/hostile.mjs";
import { play } from "./support/node.mjs";

await play(Object.fromEntries(Object.entries(cases).map(([name, run]) => [/^as /.test(name) ? `hostile values ${name} end as values or typed errors` : name, run])));
