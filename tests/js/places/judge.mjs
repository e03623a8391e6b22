// Each case a test, in the place that `play` leads to. What a place forbids is listed with its reason; such a case is played
// all the same and has to fail in the way that the list says.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { connect } from "../support/control.mjs";
import { exceptions } from "./exceptions.mjs";
import { tables as every } from "./tables.mjs";

/**
 * @param {string} place by which its exceptions are listed
 * @param {{ url: string, cdnUrl: string, stop: () => void }} hub
 * @param {(file: string, name: string) => Promise<{ failure?: { message: string, stack: string, cause?: string }, heard: string[] }>} play
 * @param {Record<string, Record<string, Function>>} [tables] in place of those in cases/
 */
export async function judge(place, hub, play, tables = every) {
  const { control } = await connect(hub.url, hub.cdnUrl);
  after(hub.stop);
  const listed = exceptions[place] ?? {};

  for (const [file, table] of Object.entries(tables))
    for (const name of Object.keys(table))
      test(`${file}: ${name}`, async (t) => {
        await control.reset();
        const { failure, heard } = await play(file, name);
        const left = (await control.waiting()).filter((it) => it.times !== 0);
        const wrong = failure ? failure.message : heard.length ? `not quiet: ${heard.join("\n")}` : left.length ? `nobody met this fault: ${JSON.stringify(left)}` : "";
        const exception = listed[file]?.[name];
        if (!exception) return void assert.equal(wrong, "", [wrong, failure?.stack, failure?.cause].filter(Boolean).join("\n"));
        assert.ok(wrong, `works here, though listed as an exception: ${exception.because}`);
        assert.ok(wrong.includes(exception.met), `fails, but not as listed (${exception.met}): ${wrong}`);
        t.skip(exception.because);
      });

  test("every exception names a case", () => {
    const stale = Object.entries(listed).flatMap(([file, names]) => Object.keys(names).filter((name) => !tables[file]?.[name]).map((name) => `${file}: ${name}`));
    assert.deepEqual(stale, []);
  });
}
