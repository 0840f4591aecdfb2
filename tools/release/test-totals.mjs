// Prints the totals of vitest's JSON reports as one plain line, `N passed, N failed`, and exits 1 unless all is well: a file
// that cannot be loaded has no tests that fail.
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const failed = sum("numFailedTests");
const broken = reports.flatMap(({ testResults }) =>
  testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  ),
);
for (const { name, message } of broken) console.error(`${name}: ${message}`);
console.log(`${sum("numPassedTests")} passed, ${failed + broken.length} failed`);
process.exitCode = reports.length > 0 && failed === 0 && reports.every(({ success }) => success) ? 0 : 1;
