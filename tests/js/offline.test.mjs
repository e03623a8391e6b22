import { subscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import cases from "./cases/offline.mjs";
import { same } from "./support/check.mjs";
import { play } from "./support/node.mjs";

/** Every request of this process, whoever sends it. */
const asked = new Set();
subscribe("undici:request:create", ({ request }) => void asked.add(request.origin));

const { hubUrl } = await play(cases);

test("in all of this nobody but the Hub was asked for anything", () => same([...asked], [hubUrl]));
