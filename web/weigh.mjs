/** What the page weighs as it travels; fails above the limit, so that no import makes it slow unseen. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes, gzipped, of everything that the page can load; folders hold what other pages load. */
const LIMIT = 700 * 1000;
const folder = new URL("../src/tadmor/views/page/static/", import.meta.url);

const sizes = readdirSync(folder, { withFileTypes: true })
  .filter((found) => found.isFile())
  .map(({ name }) => [name, gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length]);
const sum = sizes.reduce((total, [, bytes]) => total + bytes, 0);
for (const [name, bytes] of sizes.sort((a, b) => b[1] - a[1]))
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${name}`);
console.log(`${(sum / 1000).toFixed(1).padStart(7)} kB  all, gzipped (limit ${LIMIT / 1000})`);
if (sum > LIMIT) {
  console.error("The page weighs too much: see the list above.");
  process.exit(1);
}
