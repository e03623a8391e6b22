// A localhub of its own for a file of tests, since these create, delete and forbid; and the two clients that ask it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, beforeEach } from "node:test";
import { Hub } from "hubkey";

const child = spawn(process.env.HUBKEY_LOCALHUB_BIN, ["--quiet", "--exit-with-stdin"], { stdio: ["pipe", "pipe", "inherit"] });
export const { url: hubUrl } = JSON.parse((await once(createInterface({ input: child.stdout }), "line"))[0]);
export const control = async (method, path, body) => {
  const answer = await fetch(`${hubUrl}/_localhub/${path}`, { method, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.json();
};
after(() => child.stdin.end());
beforeEach(() => control("POST", "reset"));

export const principals = await control("GET", "principals");
export const tokens = Object.fromEntries(principals.map((it) => [it.name, it.token]));
export const ours = (name) => new Hub({ endpoint: hubUrl, ...(name && { token: tokens[name] }) });
export const theirs = (name) => ({ hubUrl, ...(name && { accessToken: tokens[name] }) });

export const all = async (list) => { const out = []; for await (const it of list) out.push(it); return out; };
// Ours are one line: line breaks of the Hub's become blanks.
export const plain = (text) => text.replace(/\s+/g, " ").trim();
