// Templates to files: `{{key}}` in a path or text is replaced, and files are formatted as the workspace formats its own.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./templates/", import.meta.url));
const SUFFIX = ".tmpl";

/**
 * The files of some template sets, by path; a later set replaces files of an earlier one.
 *
 * @param {readonly string[]} sets folders under templates/
 * @param {Readonly<Record<string, string>>} values
 * @returns {Promise<Map<string, string>>}
 */
export async function renderTemplates(sets, values) {
  const { format } = await import("prettier");
  const files = new Map();
  for (const set of sets) {
    for (const file of templateFiles(join(folder, set))) {
      const path = fill(file.slice(0, -SUFFIX.length), values);
      const text = fill(readFileSync(join(folder, set, file), "utf8"), values);
      const formats = /\.(ts|json|md)$/.test(path);
      files.set(path, formats ? await format(text, { filepath: path, printWidth: 110 }) : text);
    }
  }
  return files;
}

function templateFiles(root) {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => relative(root, join(root, file)))
    .filter((file) => file.endsWith(SUFFIX) && statSync(join(root, file)).isFile())
    .sort();
}

/** @throws {Error} for a key that there is not: a template that is wrong */
function fill(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (values[key] === undefined) throw new Error(`a template names {{${key}}}, which has no value`);
    return values[key];
  });
}
