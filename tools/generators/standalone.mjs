// A plugin package that lives outside the workspace: node tools/generators/standalone.mjs KIND NAME DIRECTORY
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { kindsOfPlugin, sphereValues, templateValues } from "./index.mjs";
import { renderTemplates } from "./templates.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Writes the package to a directory that is empty or not there.
 *
 * @param {"grid" | "aggregator" | "reader"} kind
 * @param {string} name name of the package, such as `grid-hex`
 * @param {string} directory
 * @returns {Promise<readonly string[]>} paths of the files
 */
export async function writeStandalone(kind, name, directory) {
  const values = templateValues(kind, name);
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty: choose another directory`);
  }
  const [core, sphere] = ["core", "sphere"].map((one) =>
    JSON.parse(readFileSync(join(root, `packages/${one}/package.json`), "utf8")),
  );
  const files = await renderTemplates(["package", "standalone", kind], {
    ...values,
    packageName: name,
    coreRange: `^${core.version}`,
    ...sphereValues(kind, `^${sphere.version}`),
    errorsPage: "`codes`",
  });
  const license = readFileSync(join(root, "LICENSE"), "utf8");
  files.set("LICENSE", license.replace("The zagg authors", `The ${name} authors`));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return [...files.keys()].sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, name, directory] = process.argv.slice(2);
  if (directory === undefined || !kindsOfPlugin.includes(kind)) {
    console.error(`usage: node tools/generators/standalone.mjs ${kindsOfPlugin.join("|")} NAME DIRECTORY`);
    process.exit(2);
  }
  try {
    for (const path of await writeStandalone(kind, name, directory)) console.log(join(directory, path));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
