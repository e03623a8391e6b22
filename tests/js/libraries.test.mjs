// Our sign-in inside other people's libraries: hub.fetch as their fetch.
import { InferenceClient } from "@huggingface/inference";
import OpenAI from "openai";
import { caught, lacks, same, yes } from "./support/check.mjs";
import { play } from "./support/node.mjs";

const PLACEHOLDER = "hf_placeholder".padEnd(37, "0");
const messages = [{ role: "user", content: "good morning" }];

await play({
  "the openai package speaks with our sign-in": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const openai = new OpenAI({ baseURL: `${hubUrl}/v1`, apiKey: "-", fetch: hub.fetch, maxRetries: 0 });
    const answer = await openai.chat.completions.create({ model: "acme/m1", messages });
    same(answer.choices[0].message.content, "You said: good morning");
    const [it] = await control.requests();
    same([it.method, it.headers.authorization, it.headers["content-type"]], ["POST", `Bearer ${token("testwrite")}`, "application/json"]);
    same(JSON.parse(it.body), { model: "acme/m1", messages });
  },

  "it sees refusals as it knows them": async ({ hubkey, hubUrl, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const openai = new OpenAI({ baseURL: `${hubUrl}/v1`, apiKey: PLACEHOLDER, fetch: hub.fetch, maxRetries: 0 });
    same((await caught(openai.chat.completions.create({ model: "acme/m1", messages }))).status, 401, "signed out");
    await hub.login({ token: token("testfineungated") });
    const error = await caught(openai.chat.completions.create({ model: "acme/m1", messages }));
    same(error.status, 403);
    yes(error instanceof OpenAI.PermissionDeniedError, "its own class");
    lacks(error.stack, token("testfineungated"));
  },

  "its retries are its own": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const openai = new OpenAI({ baseURL: `${hubUrl}/v1`, apiKey: "-", fetch: hub.fetch, maxRetries: 1 });
    await control.answer("/v1/chat/completions", 503, { error: "busy" }, { "retry-after-ms": "1" });
    same((await openai.chat.completions.create({ model: "acme/m1", messages })).choices.length, 1);
    same((await control.lines()).length, 2);
  },

  "its stream arrives in pieces and ends when one stops reading": async ({ hubkey, hubUrl, control, token }) => {
    const events = Array.from({ length: 40 }, (_, at) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: `word${at} ` } }] })}\n\n`);
    await control.answer("/v1/chat/completions", 200, `${events.join("")}data: [DONE]\n\n`, { "content-type": "text/event-stream" });
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const openai = new OpenAI({ baseURL: `${hubUrl}/v1`, apiKey: "-", fetch: hub.fetch, maxRetries: 0 });
    const words = [];
    for await (const part of await openai.chat.completions.create({ model: "acme/m1", messages, stream: true })) words.push(part.choices[0].delta.content);
    same(words.join("").split(" ").length - 1, 40);
  },

  "the inference package speaks with our sign-in": async ({ hubkey, hubUrl, control, token }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl, token: token("testwrite") });
    const client = new InferenceClient(PLACEHOLDER, { endpointUrl: `${hubUrl}/v1/chat/completions`, fetch: hub.fetch });
    const answer = await client.chatCompletion({ model: "acme/m1", messages });
    same(answer.choices[0].message.content, "You said: good morning");
    for (const it of await control.requests()) same(it.headers.authorization, `Bearer ${token("testwrite")}`, `${it.method} ${it.path}`);
  },

  "signed out, not even a library's own placeholder is sent": async ({ hubkey, hubUrl, control }) => {
    const hub = new hubkey.Hub({ endpoint: hubUrl });
    const client = new InferenceClient(PLACEHOLDER, { endpointUrl: `${hubUrl}/v1/chat/completions`, fetch: hub.fetch });
    await caught(client.chatCompletion({ model: "acme/m1", messages }));
    for (const it of await control.requests()) same(it.headers.authorization, undefined);
  },
});
