// The generators of the workspace: `npx nx g @zagg/tools:grid NAME`, `:aggregator NAME`, `:reader NAME`.
import { namesOf } from "./names.mjs";
import { renderTemplates } from "./templates.mjs";
import { codesOf, withCodes, withReference } from "./workspace.mjs";

/**
 * The part of an Nx tree that the generators use.
 * @typedef {{ exists(path: string): boolean, read(path: string, encoding: "utf-8"): string | null, write(path: string, text: string): void }} Tree
 */

/** What differs between the kinds: where a plugin can be loaded, and what its package says and exports. */
const kinds = {
  grid: {
    platform: "any",
    description: ({ plugin }) => `${plugin} grids for zagg.`,
    exports: ({ identifier }) => [identifier, `${identifier}Params`],
  },
  aggregator: {
    platform: "any",
    description: ({ plugin }) => `The aggregator ${plugin} for zagg.`,
    exports: ({ identifier }) => [identifier, `${identifier}Params`],
  },
  reader: {
    platform: "any",
    description: ({ plugin }) => `${plugin} granules for zagg.`,
    exports: ({ identifier }) => [identifier],
  },
};

export const kindsOfPlugin = Object.keys(kinds);

/**
 * What the templates of a package are filled with.
 *
 * @param {"grid" | "aggregator" | "reader"} kind
 * @param {string} name
 */
export function templateValues(kind, name) {
  const names = namesOf(kind, name);
  const { platform, description, exports } = kinds[kind];
  return {
    ...names,
    kind,
    platform,
    description: description(names),
    exports: JSON.stringify(["codes", ...exports(names)].sort()),
  };
}

/**
 * What a package that draws on the sphere says of it: grids do.
 *
 * @param {string} kind
 * @param {string} range of versions
 */
export function sphereValues(kind, range) {
  const isGrid = kind === "grid";
  return {
    sphereDependency: isGrid ? `,\n    "@zagg/sphere": "${range}"` : "",
    sphereDependencies: isGrid ? `"dependencies": {\n    "@zagg/sphere": "${range}"\n  },\n  ` : "",
    sphereReference: isGrid ? `,\n    {\n      "path": "../sphere/tsconfig.lib.json"\n    }` : "",
  };
}

/** @param {Tree} tree @param {{ name: string }} options */
export const gridGenerator = (tree, { name }) => generate(tree, "grid", name);
/** @param {Tree} tree @param {{ name: string }} options */
export const aggregatorGenerator = (tree, { name }) => generate(tree, "aggregator", name);
/** @param {Tree} tree @param {{ name: string }} options */
export const readerGenerator = (tree, { name }) => generate(tree, "reader", name);

/**
 * Writes packages/NAME, adds it to the root project and its codes to docs/errors.md.
 *
 * @param {Tree} tree
 * @param {"grid" | "aggregator" | "reader"} kind
 * @param {string} name
 */
async function generate(tree, kind, name) {
  const values = templateValues(kind, name);
  const folder = `packages/${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already: choose another name`);
  const [core, sphere] = ["core", "sphere"].map((one) =>
    JSON.parse(/** @type {string} */ (tree.read(`packages/${one}/package.json`, "utf-8"))),
  );
  const files = await renderTemplates(["package", "workspace", kind], {
    ...values,
    packageName: `@zagg/${name}`,
    coreRange: `^${core.version}`,
    ...sphereValues(kind, `^${sphere.version}`),
    errorsPage: "[error codes](../../docs/errors.md)",
  });
  for (const [path, text] of files) tree.write(`${folder}/${path}`, text);
  tree.write(`${folder}/LICENSE`, /** @type {string} */ (tree.read("LICENSE", "utf-8")));

  const root = /** @type {string} */ (tree.read("tsconfig.json", "utf-8"));
  tree.write("tsconfig.json", withReference(root, `./${folder}`));
  const page = /** @type {string} */ (tree.read("docs/errors.md", "utf-8"));
  const codes = codesOf(/** @type {string} */ (files.get("src/codes.ts")));
  tree.write("docs/errors.md", withCodes(page, name, codes));
}
