/** Expressions that mean harm, or are mistaken, through the command line: a coded error or the value that is documented. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  configText,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zagg,
  zaggBuild,
  zaggRun,
} from "./command.js";

const shared = makeFolder();
const map = join(shared.path, "map.json");
beforeAll(async () => {
  await smallGranules(shared.path);
  const config = writeText(shared.path, "config.yaml", configText("healpix"));
  expect(await zaggBuild(config, [join(shared.path, "granules", "*.h5")], map)).toMatchObject({ status: 0 });
});
afterAll(shared.remove);

const field = (expression: string, more: string | undefined = "dtype: float32") =>
  `\n    f: {expression: ${JSON.stringify(expression)}, ${more}}`;
const vector = "kind: vector, trailing_shape: 4, dtype: float32";
const ragged = "kind: ragged, inner_shape: [3], dtype: float32";

describe("before anything is read", () => {
  const refused: readonly (readonly [what: string, expression: string, code: string, more?: string])[] = [
    ["ten thousand levels of brackets", `${"(".repeat(10_000)}1${")".repeat(10_000)}`, "EXPRESSION_LIMIT"],
    ["brackets within the length", `${"(".repeat(4_900)}1${")".repeat(4_900)}`, "EXPRESSION_LIMIT"],
    ["lists within lists", `${"[".repeat(4_900)}1${"]".repeat(4_900)}`, "EXPRESSION_LIMIT", vector],
    ["calls within calls", `${"abs(".repeat(2_000)}1${")".repeat(2_000)}`, "EXPRESSION_LIMIT"],
    ["subscripts after subscripts", `h_li${"[0]".repeat(3_000)}`, "EXPRESSION_LIMIT"],
    ["a class", "h_li.__class__", "EXPRESSION_NAME"],
    ["a class of an array", "h_li[0].__class__.__mro__", "EXPRESSION_NAME"],
    ["a constructor", "h_li.constructor", "EXPRESSION_NAME", vector],
    ["a constructor of a list", "[1].constructor('return 1')()", "EXPRESSION_TYPE", vector],
    ["a prototype", "np.__proto__", "EXPRESSION_NAME", vector],
    ["an import", "__import__('os')", "EXPRESSION_NAME"],
    ["a file", "np.load('secret')", "EXPRESSION_NAME"],
    ["an unknown name", "h_lo + 1", "EXPRESSION_NAME"],
    ["an unknown method", "h_li.maen()", "EXPRESSION_NAME"],
    ["an unknown argument", "np.sum(h_li, axes=0)", "EXPRESSION_ARGUMENT"],
    ["an unknown dtype", "h_li[:4].astype('float23')", "EXPRESSION_ARGUMENT", vector],
    ["a value per row", "h_li * 2", "EXPRESSION_RANK"],
  ];
  it.each(refused)(
    "%s is refused by code and place",
    async (_what, expression = "", code = "", more = undefined) => {
      const folder = testFolder();
      const config = writeText(folder, "config.yaml", configText("healpix", field(expression, more)));
      const { status, stderr } = await zagg("validate", config);
      expect(status).toBe(2);
      expect(stderr).toContain(`error ${code}`);
      expect(stderr).toContain("^");
    },
  );
});

describe("on real rows", () => {
  const failing: readonly (readonly [what: string, expression: string, code: string, more?: string])[] = [
    ["an array of a gigabyte", "np.arange(134217728)", "EXPRESSION_LIMIT", vector],
    ["an array without end", "np.arange(0, np.inf)", "EXPRESSION_LIMIT", vector],
    ["zeros of more than memory", "np.zeros((1000000, 1000000))", "EXPRESSION_LIMIT", vector],
    [
      "a table of all pairs of a long line",
      "np.sum(np.arange(16000000)[:, None] * np.arange(16000000))",
      "EXPRESSION_LIMIT",
    ],
    ["an element repeated for ever", "np.repeat(h_li, 100000000)", "EXPRESSION_LIMIT", vector],
    [
      "many arrays that are large",
      `np.sum(${Array(40).fill("np.zeros(16000000)").join(" + ")})`,
      "EXPRESSION_LIMIT",
    ],
    ["shapes that do not fit together", "np.sum(h_li + np.arange(99991))", "EXPRESSION_SHAPE"],
    ["a vector of the wrong length", "np.arange(5)", "EXPRESSION_SHAPE", vector],
    ["a matrix for a vector", "np.zeros((2, 2))", "EXPRESSION_SHAPE", vector],
    ["elements of the wrong shape", "np.zeros((5, 2))", "EXPRESSION_SHAPE", ragged],
    ["a line that is no whole number of elements", "np.arange(4)", "EXPRESSION_SHAPE", ragged],
    ["an element that is not there", "h_li[99999]", "EXPRESSION_VALUE"],
    ["the least of nothing", "np.min(h_li[h_li > 1e9])", "EXPRESSION_VALUE"],
    ["the truth of many numbers", "1 if h_li[:2] > 0 else 0", "EXPRESSION_TYPE"],
    ["an array for one number", "h_li[:1]", "EXPRESSION_RANK"],
    ["a range that is not finite", "np.histogram(h_li, 4, (np.nan, 1.0))[0]", "EXPRESSION_VALUE", vector],
  ];
  it.each(failing)(
    "%s fails the run by code, and no store is put",
    async (_what, expression = "", code = "", more = undefined) => {
      const folder = testFolder();
      const config = writeText(folder, "config.yaml", configText("healpix", field(expression, more)));
      const store = join(folder, "out.zarr");
      const { status, stderr } = await zaggRun(config, map, store, "--max-cells", "1");
      expect([2, 4]).toContain(status);
      expect(stderr).toContain(code);
      expect(existsSync(store)).toBe(false);
    },
  );
});
