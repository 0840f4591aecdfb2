import nx from "@nx/eslint-plugin";
import tseslint from "typescript-eslint";

/** Which layers a package may import, by its tag in package.json. */
const layers = [
  ["layer:core", []],
  ["layer:sphere", ["layer:core"]],
  ["layer:http", ["layer:core"]],
  ["layer:source", ["layer:core", "layer:http"]],
  ["layer:plugin", ["layer:core", "layer:sphere", "layer:http", "layer:source"]],
  ["layer:catalog", ["layer:core", "layer:sphere", "layer:http"]],
  ["layer:shardmap", ["layer:core", "layer:sphere"]],
  ["layer:engine", ["layer:core", "layer:sphere", "layer:shardmap"]],
  [
    "layer:app",
    [
      "layer:core",
      "layer:sphere",
      "layer:http",
      "layer:source",
      "layer:plugin",
      "layer:catalog",
      "layer:shardmap",
      "layer:engine",
    ],
  ],
  ["layer:tools", ["*"]],
];

export default tseslint.config(
  { ignores: ["**/dist", "**/out-tsc", ".nx", "docs/api", "**/fixtures/**"] },
  ...tseslint.configs.recommended,
  {
    plugins: { "@nx": nx },
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        {
          enforceBuildableLibDependency: true,
          allow: ["^.*/vitest\\.(shared(\\.js)?|(effort|python)\\.mjs)$", "^#inflate$"],
          depConstraints: [
            ...layers.map(([sourceTag, onlyDependOnLibsWithTags]) => ({
              sourceTag,
              onlyDependOnLibsWithTags,
            })),
            { sourceTag: "platform:any", onlyDependOnLibsWithTags: ["platform:any"] },
          ],
        },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "ExportAllDeclaration", message: "List what the package exports." },
        {
          selector: "CallExpression[callee.name='eval'], NewExpression[callee.name='Function']",
          message: "No eval.",
        },
      ],
    },
  },
  {
    // What a browser must be able to load: no Node API outside a subpath of its own, a test or a bench.
    files: [
      "packages/{core,sphere,http,sources,catalog,grid-healpix,grid-rectilinear,aggregators,shardmap}/src/**/*.ts",
    ],
    ignores: [
      "**/*.bench.ts",
      "packages/core/src/node.ts",
      "packages/core/src/node/**",
      "packages/catalog/src/fs.ts",
      "packages/catalog/src/fs/**",
      "packages/shardmap/src/{threads,thread-pool,worker}.ts",
      "packages/sources/src/file/**",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["node:*"], message: "This package runs everywhere." }] },
      ],
    },
  },
  {
    files: ["**/*.config.{mjs,ts}", "vitest.shared.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);
