#!/usr/bin/env node
// Nx calls the native compiler "tsgo"; this hands the call to the TypeScript 7 package.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packageJson = createRequire(import.meta.url).resolve("typescript7/package.json");
const compiler = join(dirname(packageJson), "bin", "tsc");
const { status } = spawnSync(process.execPath, [compiler, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
