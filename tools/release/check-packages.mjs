// Packs every package, lints the tarballs, and imports each one alone from a clean project, in JavaScript and TypeScript.
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const compiler = join(
  dirname(createRequire(import.meta.url).resolve("typescript7/package.json")),
  "bin",
  "tsc",
);
const work = mkdtempSync(join(tmpdir(), "zagg-packages-"));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });

/** Packs a package and returns what a consumer needs to know of it. */
function pack(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", work], folder),
  );
  run("npx", ["publint", join(work, filename), "--strict"], root);
  run(
    "npx",
    ["attw", join(work, filename), "--profile", "esm-only", "--exclude-entrypoints", "package.json"],
    root,
  );
  const siblings = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith("@zagg/"));
  return { ...manifest, tarball: join(work, filename), siblings };
}

/** The package and every package of ours that it needs. */
function closure(name, packages, found = new Set()) {
  if (!found.has(name)) {
    found.add(name);
    for (const sibling of packages.get(name).siblings) closure(sibling, packages, found);
  }
  return found;
}

function consume(manifest, packages) {
  const project = join(work, manifest.name.replace("/", "-"));
  mkdirSync(project);
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  const peers = Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => `${name}@${range}`);
  const tarballs = [...closure(manifest.name, packages)].map((name) => packages.get(name).tarball);
  run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", ...tarballs, ...peers],
    project,
  );

  const entries = Object.keys(manifest.exports).filter(
    (entry) => !entry.endsWith(".json") && entry !== "./worker",
  );
  const data = Object.keys(manifest.exports).filter((entry) => entry.endsWith(".json"));
  const specifiers = entries.map((entry) => manifest.name + entry.slice(1));
  const imports = specifiers.map(
    (specifier, i) => `import * as entry${i} from ${JSON.stringify(specifier)};`,
  );
  const names = specifiers.map((_, i) => `entry${i}`).join(", ");
  const script = `${imports.join("\n")}\nfor (const entry of [${names}]) if (Object.keys(entry).length === 0) throw new Error("nothing exported");\n${data.map((entry) => readsJson(manifest.name + entry.slice(1))).join("")}`;
  writeFileSync(join(project, "consumer.mjs"), script);
  run(process.execPath, ["consumer.mjs"], project);
  writeFileSync(
    join(project, "consumer.mts"),
    `${imports.join("\n")}\nexport const entries: object[] = [${names}];\n`,
  );
  const flags = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--lib",
    "es2023,dom",
    "--types",
    "",
    "consumer.mts",
  ];
  run(process.execPath, [compiler, ...flags], project);
  if (manifest.bin?.zagg !== undefined)
    run(join(project, "node_modules", ".bin", "zagg"), ["--version"], project);
  return specifiers;
}

/** A line that reads a JSON entry as a consumer's file, since how it is imported differs from runtime to runtime. */
function readsJson(specifier) {
  const path = `new URL(import.meta.resolve(${JSON.stringify(specifier)}))`;
  return `JSON.parse((await import("node:fs")).readFileSync(${path}, "utf8"));\n`;
}

try {
  const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  const packages = new Map(folders.map(pack).map((manifest) => [manifest.name, manifest]));
  for (const manifest of packages.values()) console.log(`ok ${consume(manifest, packages).join(", ")}`);
} catch (error) {
  console.error(error.stdout ?? "", error.stderr ?? "");
  throw error;
} finally {
  rmSync(work, { recursive: true, force: true });
}
