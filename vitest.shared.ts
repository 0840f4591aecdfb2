import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Test settings of one package. Packages of the workspace resolve to their sources, so no build is needed. */
export function packageTests(name: string): ViteUserConfig {
  return defineConfig({
    ssr: { resolve: { conditions: ["@zagg/source", "module", "node", "default"] } },
    resolve: { conditions: ["@zagg/source", "module", "node", "default"] },
    test: {
      name,
      include: ["test/**/*.test.ts"],
      benchmark: { include: ["src/**/*.bench.ts"] },
      testTimeout: 60_000,
      server: { deps: { inline: [/^@zagg\//] } },
    },
  });
}
