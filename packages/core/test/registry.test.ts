import { describe, expect, it } from "vitest";
import {
  API_VERSION,
  createRegistry,
  isCodedError,
  perCell,
  suggest,
  uriScheme,
  type Plugin,
} from "../src/index.js";
import { memorySource } from "../src/testing.js";
import { line, range, testRegistry } from "./plugins.js";

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}

describe("the registry", () => {
  it("finds plugins by name, alias and NumPy prefix", () => {
    const registry = testRegistry();
    expect(registry.grid("line")).toBe(line);
    for (const name of ["range", "ptp", "np.ptp", "numpy.range"])
      expect(registry.aggregator(name)).toBe(range);
  });

  it("lists the known names and suggests one", () => {
    try {
      testRegistry().grid("lines");
      expect.unreachable();
    } catch (error) {
      expect(isCodedError(error, "PLUGIN_UNKNOWN") && error.details).toEqual({
        kind: "grid",
        name: "lines",
        known: ["line"],
      });
      expect(isCodedError(error) && error.mend).toBe('did you mean "line"?');
    }
  });

  it("finds sources by the scheme of a URI, and says what is missing for one", () => {
    const file = memorySource(new Map());
    const registry = createRegistry([{ ...file, name: "file", schemes: ["file", "ftp"] }, file]);
    expect(registry.source("granule.h5").name).toBe("file");
    expect(registry.source("FILE:///granule.h5").name).toBe("file");
    expect(registry.source("memory://granule")).toBe(file);
    const refusal = (known: readonly Plugin[], uri: string): { mend: string; details: unknown } => {
      try {
        createRegistry(known).source(uri);
      } catch (error) {
        if (isCodedError(error, "PLUGIN_UNKNOWN")) return error as never;
      }
      return expect.unreachable();
    };
    const details = { kind: "source", name: "s3", known: ["memory"] };
    expect(refusal([file], "s3://bucket/key?secret")).toMatchObject({
      details,
      mend: expect.stringMatching(/a source for "s3"/) as string,
    });
    expect(refusal([], "a/b.h5").mend).toMatch(/@zagg\/sources\/file/);
  });

  it("says what a configuration means where it names nothing", () => {
    expect(createRegistry([]).defaults).toEqual({ expression: "expression", source: null });
    expect(createRegistry([], { source: "h" }).defaults).toEqual({ expression: "expression", source: "h" });
  });

  it("refuses two plugins of one name, also through an alias", () => {
    const other = perCell({ name: "ptp", description: "Another." }, () => 0);
    expect(codeOf(() => createRegistry([range, other]))).toBe("PLUGIN_DUPLICATE");
  });

  it("refuses another contract version and what is no plugin", () => {
    for (const [version, mend] of [
      [1, /newer version of the plugin/],
      [3, /newer zagg/],
    ] as const) {
      const plugin = { ...range, apiVersion: version } as unknown as Plugin;
      expect(() => createRegistry([plugin])).toThrow(
        expect.objectContaining({
          code: "PLUGIN_API_VERSION",
          mend: expect.stringMatching(mend) as string,
          details: { kind: "aggregator", name: "range", version, spoken: API_VERSION },
        }),
      );
    }
    expect(codeOf(() => createRegistry([{} as Plugin]))).toBe("PLUGIN_MALFORMED");
    expect(codeOf(() => createRegistry([undefined as unknown as Plugin]))).toBe("PLUGIN_MALFORMED");
  });

  it("is frozen", () => {
    const registry = testRegistry();
    expect(Object.isFrozen(registry) && Object.isFrozen(registry.plugins)).toBe(true);
  });
});

describe("names", () => {
  it("takes the scheme of a URI, file for paths", () => {
    expect(["s3://b/k", "HTTPS://x", "a/b.zarr", "/a", "C:\\x"].map(uriScheme)).toEqual([
      "s3",
      "https",
      "file",
      "file",
      "file",
    ]);
  });

  it("suggests only what is near", () => {
    expect(suggest("helpix", ["healpix", "rectilinear"])).toBe("healpix");
    expect(suggest("banana", ["healpix", "rectilinear"])).toBeUndefined();
    expect(suggest("x", [])).toBeUndefined();
  });
});
