// `cargo xtask api`: prints the report, or writes it into the checkout.
import { writeFile } from "node:fs/promises";
import { report } from "./report.mjs";

const { text } = await report();
const [, , file] = process.argv;
if (file) await writeFile(file, text);
else process.stdout.write(text);
