import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const conditions = ["@zagg/source", "module", "node", "default"];

/** Packages of the workspace resolve to their sources, so no build is needed. */
const fromSources: ViteUserConfig = { ssr: { resolve: { conditions } }, resolve: { conditions } };

const shared = { testTimeout: 60_000, hookTimeout: 60_000, server: { deps: { inline: [/^@zagg\//] } } };

/** Test settings of one package, for `vitest run --project NAME` and Nx. */
export function packageTests(name: string): ViteUserConfig {
  return defineConfig({
    ...fromSources,
    test: { ...shared, name, include: ["test/**/*.test.ts"], benchmark: { include: ["src/**/*.bench.ts"] } },
  });
}

/** Tests that replace a module of Node's, and so cannot share modules with others. */
const ALONE = "**/*.alone.test.ts";

/**
 * Tests of all packages as one project: its workers go from file to file with the modules that they have, so that a source is
 * transformed once and loaded once a worker. A package project of its own would do both for every file: twice the CPU.
 */
export function allTests(name: string, include: readonly string[], proof: boolean): ViteUserConfig {
  const project = (own: object): ViteUserConfig => ({
    ...fromSources,
    test: { ...shared, pool: "threads", env: proof ? { ZAGG_PROOF: "1" } : {}, ...own },
  });
  return defineConfig({
    test: {
      maxWorkers: "100%",
      projects: [
        project({ name, include: [...include], exclude: [ALONE, "**/node_modules/**"], isolate: false }),
        ...(proof
          ? []
          : [project({ name: `${name}, alone`, include: places.map((at) => `${at}/${ALONE}`) })]),
      ],
    },
  });
}

/** Where tests are. */
export const places = ["packages/*/test", "tools/test"];

/** Test files that ask how hard to look, and so say more in a proof. */
export function scaledTests(): string[] {
  const folders = [...readdirSync("packages").map((name) => `packages/${name}/test`), "tools/test"];
  return folders.flatMap((folder) => {
    try {
      return (readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => join(folder, name))
        .filter((file) => readFileSync(file, "utf8").includes("/vitest.effort.mjs"));
    } catch {
      return [];
    }
  });
}
