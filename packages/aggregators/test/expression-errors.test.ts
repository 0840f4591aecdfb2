import { isCodedError, type CodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { codes, compileExpression, expressionMask } from "../src/index.js";
import { segmentsOf } from "./segments.js";

const columns = ["h_li", "s_li"];

function refusal(text: string): CodedError {
  try {
    compileExpression(text, { columns, path: "/somewhere" });
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

const refused: readonly (readonly [text: string, code: keyof typeof codes, position: number])[] = [
  ["", "EXPRESSION_SYNTAX", 0],
  ["1 +", "EXPRESSION_SYNTAX", 3],
  ["(1", "EXPRESSION_SYNTAX", 2],
  ["1 2", "EXPRESSION_SYNTAX", 2],
  ["h_li h_li", "EXPRESSION_SYNTAX", 5],
  ["1 == not 2", "EXPRESSION_SYNTAX", 5],
  ["h_li = 3", "EXPRESSION_SYNTAX", 5],
  ["lambda: 1", "EXPRESSION_SYNTAX", 0],
  ["1; 2", "EXPRESSION_SYNTAX", 1],
  ["2px", "EXPRESSION_SYNTAX", 1],
  ["012", "EXPRESSION_SYNTAX", 0],
  ["np.", "EXPRESSION_SYNTAX", 3],
  ["h_li[]", "EXPRESSION_SYNTAX", 5],
  ["'open", "EXPRESSION_SYNTAX", 0],
  ["9007199254740993", "EXPRESSION_LIMIT", 0],
  ["h_lii + 1", "EXPRESSION_NAME", 0],
  ["1 + sqrt(h_li)", "EXPRESSION_NAME", 4],
  ["np.meen(h_li)", "EXPRESSION_NAME", 3],
  ["h_li.meen()", "EXPRESSION_NAME", 5],
  ["__class__", "EXPRESSION_NAME", 0],
  ["h_li.__class__", "EXPRESSION_NAME", 5],
  ["np.constructor", "EXPRESSION_NAME", 3],
  ["constructor", "EXPRESSION_NAME", 0],
  ["np.toString()", "EXPRESSION_NAME", 3],
  ["__import__('os')", "EXPRESSION_NAME", 0],
  ["np.sum()", "EXPRESSION_ARGUMENT", 3],
  ["np.var(h_li, dof=1)", "EXPRESSION_ARGUMENT", 13],
  ["np.quantile(h_li)", "EXPRESSION_ARGUMENT", 3],
  ["np.quantile(h_li, 2)", "EXPRESSION_ARGUMENT", 18],
  ["np.quantile(h_li, np.nan)", "EXPRESSION_ARGUMENT", 21],
  ["np.quantile(h_li, s_li)", "EXPRESSION_ARGUMENT", 18],
  ["np.quantile(h_li, 0.5, q=0.5)", "EXPRESSION_ARGUMENT", 23],
  ["np.quantile(q=0.5, h_li)", "EXPRESSION_ARGUMENT", 19],
  ["h_li.astype('float23')", "EXPRESSION_ARGUMENT", 12],
  ["np.average(h_li, weights=2)", "EXPRESSION_RANK", 25],
  ["np.sum + 1", "EXPRESSION_TYPE", 3],
  ["h_li(1)", "EXPRESSION_TYPE", 0],
  ["(1)(2)", "EXPRESSION_TYPE", 1],
  ["len(1)", "EXPRESSION_TYPE", 0],
  ["1.5 & 2", "EXPRESSION_TYPE", 4],
  ["None + 1", "EXPRESSION_TYPE", 0],
  ["h_li > 1 and s_li > 1", "EXPRESSION_TYPE", 5],
  ["not h_li", "EXPRESSION_TYPE", 4],
  ["0 < h_li < 1", "EXPRESSION_TYPE", 2],
  ["1 if h_li else 2", "EXPRESSION_TYPE", 5],
  ["float(h_li)", "EXPRESSION_TYPE", 6],
  ["'text'", "EXPRESSION_UNSUPPORTED", 0],
  ["h_li in s_li", "EXPRESSION_UNSUPPORTED", 5],
  ["h_li is None", "EXPRESSION_UNSUPPORTED", 5],
  ["1 / 0", "EXPRESSION_VALUE", 2],
  ["1 // 0", "EXPRESSION_VALUE", 2],
];

describe("an expression that is wrong", () => {
  for (const [text, code, position] of refused) {
    it(`is refused at its place: ${text}`, () => {
      const error = refusal(text);
      expect({ code: error.code, position: error.details?.["position"] }).toEqual({ code, position });
      expect(error.path).toBe("/somewhere");
    });
  }

  it("shows the place with a caret, and suggests", () => {
    expect(refusal("1.0 / s_lii**2").message).toContain('did you mean "s_li"?\n  1.0 / s_lii**2\n        ^');
    expect(refusal("sqrt(h_li)").mend).toContain('did you mean "np.sqrt"?');
    expect(refusal("np.meen(h_li)").mend).toContain('did you mean "np.mean"?');
    expect(refusal("np.var(h_li, dof=1)").mend).toContain('did you mean "ddof"?');
  });

  it("is shown in part when it is long, on one line", () => {
    const text = `${"h_li +\n".repeat(50)}oops${" + h_li".repeat(50)}`;
    const [, shown, caret] = refusal(text).mend.split("\n") as [string, string, string];
    expect(shown.slice(caret.length - 1)).toMatch(/^oops/);
    expect(shown.length).toBeLessThan(120);
  });
});

describe("a hostile expression is refused and never runs away", () => {
  const depth = 10_000;
  const hostile: Readonly<Record<string, string>> = {
    "ten thousand brackets": "(".repeat(depth) + "1" + ")".repeat(depth),
    "four thousand brackets": "(".repeat(4000) + "1" + ")".repeat(4000),
    "three thousand minus signs": `${"-".repeat(3000)}1`,
    "three thousand terms": `1${"+1".repeat(3000)}`,
    "two thousand powers": `1${"**1".repeat(2000)}`,
    "a thousand conditions": `1${" if 1 else 1".repeat(800)}`,
    "a thousand subscripts": `h_li${"[0]".repeat(1000)}`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(name, () => expect(refusal(text).code).toBe("EXPRESSION_LIMIT"));
  }
  it("accepts what is long but flat enough", () => {
    expect(compileExpression(`0${" + 1".repeat(150)}`, { columns }).rank).toBe("constant");
  });
});

describe("types that only the data tell", () => {
  const run = (text: string) => () =>
    compileExpression(text, { columns: ["i", "b"] }).evaluateRows(
      segmentsOf([0, 2], { i: Int32Array.of(1, 2), b: Uint8Array.of(3, 4) }),
    );
  const thrown = (action: () => unknown): unknown => {
    try {
      return action();
    } catch (error) {
      return isCodedError(error) ? error.code : error;
    }
  };
  it("are checked when the expression is evaluated", () => {
    expect(thrown(run("i ** -1"))).toBe("EXPRESSION_VALUE");
    expect(thrown(run("b + 300"))).toBe("EXPRESSION_VALUE");
    expect(thrown(run("(i > 1) - (i > 2)"))).toBe("EXPRESSION_TYPE");
    expect(thrown(run("i / 2 & 1"))).toBe("EXPRESSION_TYPE");
  });
});

describe("an expression filter", () => {
  const data = { h: Float32Array.of(1, 5, 9), flag: Uint8Array.of(0, 1, 0) };
  const column = (name: string) => data[name as keyof typeof data];
  it("keeps the rows for which it is true", () => {
    const filter = expressionMask("(h > 2) & (flag == 0)", { columns: Object.keys(data) });
    expect(filter.inputs).toEqual(["h", "flag"]);
    expect([...filter.mask(column, 3)]).toEqual([0, 0, 1]);
  });
  it("is refused when it reduces, since its result would depend on which rows are read together", () => {
    for (const text of [
      "h > np.mean(h)",
      "np.mean(h) > 1",
      "h > len(h)",
      "np.where(np.any(h > 1), h, 0) > 1",
    ]) {
      expect(() => expressionMask(text, { columns: ["h"] })).toThrowError(/reduces rows/);
    }
  });
  it("is refused when it gives no truth per row", () => {
    expect(() => expressionMask("1 > 2", { columns: ["h"] })).toThrowError(/one value a constant/);
    expect(() => expressionMask("flag", { columns: ["flag"] }).mask(column, 3)).toThrowError(/type uint8/);
  });
});
