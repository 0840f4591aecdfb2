/** A newcomer's mistakes, each answered by a coded error that names plugin, member and remedy. */
import { describe, expect, it } from "vitest";
import {
  createGrid,
  createRegistry,
  isCodedError,
  loadConfig,
  type CodedError,
  type Plugin,
} from "../src/index.js";
import { line, range, testRegistry, validConfig } from "./plugins.js";

function refusal(run: () => unknown): CodedError {
  try {
    run();
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const without = (plugin: object, member: string): Plugin => {
  const { [member]: _left, ...rest } = plugin as Record<string, unknown>;
  return rest as unknown as Plugin;
};

describe("a plugin that is registered", () => {
  it.each(["type", "description", "paramsSchema", "create"])(
    "is refused without its member %s (grid)",
    (member) => {
      const error = refusal(() => createRegistry([without(line, member)]));
      expect([error.code, error.details?.["member"]]).toEqual(["PLUGIN_MEMBER", member]);
      expect(error.what).toContain(
        member === "type" ? "a plugin of kind grid without a name" : 'grid "line"',
      );
    },
  );

  it.each(["name", "aliases", "paramsSchema", "kinds", "needsSource", "mergeLaw", "bind"])(
    "is refused without its member %s (aggregator)",
    (member) => {
      expect(refusal(() => createRegistry([without(range, member)]))).toMatchObject({
        code: "PLUGIN_MEMBER",
        details: { member },
      });
    },
  );

  it("is refused with a member of another type", () => {
    const error = refusal(() => createRegistry([{ ...range, aliases: "ptp" } as unknown as Plugin]));
    expect(error).toMatchObject({ code: "PLUGIN_MEMBER", details: { member: "aliases", type: "text list" } });
  });
});

describe("a grid that is made", () => {
  const registryWith = (create: unknown) => createRegistry([{ ...line, create } as unknown as Plugin, range]);
  const { config } = loadConfig(validConfig, testRegistry());

  it("is refused as a promise", () => {
    const error = refusal(() =>
      createGrid(
        registryWith(async () => ({})),
        config,
      ),
    );
    expect([error.code, error.what]).toEqual(["PLUGIN_PROMISE", 'grid "line": create() returns a promise']);
  });

  it.each(["locate", "coverer", "storage", "signatureRules", "shardsOf"])(
    "is refused without its member %s",
    (member) => {
      const create = (...args: Parameters<typeof line.create>) => without(line.create(...args), member);
      expect(refusal(() => createGrid(registryWith(create), config))).toMatchObject({
        code: "PLUGIN_MEMBER",
        details: { member },
      });
    },
  );

  it("is told with its name when its maker throws, and keeps the cause", () => {
    const create = () => {
      throw new TypeError("x is not a function");
    };
    const error = refusal(() => loadConfig(validConfig, registryWith(create), { file: "c.yaml" }));
    expect(error).toMatchObject({ code: "PLUGIN_FAILED", name: "PluginError", path: "/output/grid" });
    expect(error.what).toBe('grid "line": create() threw TypeError: x is not a function');
    expect(error.details).toMatchObject({ file: "c.yaml", plugin: 'grid "line"' });
  });
});
