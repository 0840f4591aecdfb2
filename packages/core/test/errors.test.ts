import { describe, expect, it } from "vitest";
import { ConfigError, errorFromJson, errorToJson, isCodedError } from "../src/index.js";

const error = new ConfigError("X_CODE", { what: "a", why: "b", mend: "c", path: "/p", details: { n: 1 } });

describe("coded errors", () => {
  it("survive a JSON round trip with their family", () => {
    const back = errorFromJson(JSON.parse(JSON.stringify(error)));
    expect(back).toBeInstanceOf(ConfigError);
    expect(back.toJSON()).toEqual(error.toJSON());
    expect(isCodedError(back, "X_CODE")).toBe(true);
    expect(isCodedError(back, "Y_CODE")).toBe(false);
  });

  it("say what, why and how to mend it", () => {
    expect(error.message).toBe("a: b; c");
  });

  it("of another copy of the package are still recognized", () => {
    expect(isCodedError(Object.assign(new Error("x"), { mark: "zagg.coded-error/1", code: "X" }), "X")).toBe(
      true,
    );
  });

  it("are made of anything that was thrown", () => {
    expect(errorToJson(new RangeError("boom"))).toMatchObject({
      code: "UNEXPECTED",
      what: "RangeError: boom",
    });
    expect(errorToJson("text")).toMatchObject({ code: "UNEXPECTED", what: "text" });
    expect(isCodedError(null)).toBe(false);
  });
});
