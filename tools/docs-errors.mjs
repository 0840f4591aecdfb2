// Writes docs/errors.md from the packages' own tables of codes; with --check, only says whether it is current.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "docs", "errors.md");

/** The page as it should be. */
export async function errorsPage() {
  const sections = [];
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const { codes } = await import(pathToFileURL(join(root, "packages", name, "dist", "codes.js")).href);
    const rows = Object.entries(codes).map(([code, when]) => `| \`${code}\` | ${when} |`);
    sections.push(`## ${name}\n\n| code | when |\n| --- | --- |\n${rows.join("\n")}\n`);
  }
  return `# Errors\n\nEvery error and warning has a stable code and says what happened, why that is wrong and how to mend it. Codes change
only in a major version; wording improves any day. What the command's exit status says is in [exit status](exit-status.md).\n\n${sections.join("\n")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await errorsPage();
  if (!process.argv.includes("--check")) writeFileSync(target, page);
  else if (readFileSync(target, "utf8") !== page) {
    console.error("docs/errors.md is not current: run npm run docs:errors");
    process.exit(1);
  }
}
