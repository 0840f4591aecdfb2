/** Texts that are made to cost time, and why they are refused. */

const keys = (count: number, key: (i: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, i) => key(i)).join(separator);

type HostileText = readonly [what: string, text: string, code: string, why: string];

/** @param many how often the hostile part comes; at least 11,000 */
export function hostileTexts(many: number): readonly HostileText[] {
  return [
    ["opening brackets", "[".repeat(many), "CONFIG_LIMIT", "nested"],
    ["brackets that are closed", `a: ${"[".repeat(many)}${"]".repeat(many)}`, "CONFIG_LIMIT", "nested"],
    ["opening braces", '{"a":'.repeat(many), "CONFIG_LIMIT", "nested"],
    ["brackets and braces", "[{a: ".repeat(many), "CONFIG_LIMIT", "nested"],
    ["lists in a line", "- ".repeat(many), "CONFIG_LIMIT", "nested"],
    ["keys of keys", "? ".repeat(many), "CONFIG_LIMIT", "nested"],
    ["values of values", ": ".repeat(many), "CONFIG_LIMIT", "nested"],
    ["indentation", keys(1000, (i) => `${" ".repeat(i)}a:`, "\n"), "CONFIG_LIMIT", "nested"],
    ["anchors of nothing", "&a ".repeat(many), "CONFIG_LIMIT", "anchors"],
    ["anchors", keys(many, (i) => `k${i}: &a${i} 1`, "\n"), "CONFIG_LIMIT", "anchors"],
    ["aliases", `a: &a x\nb: [${keys(many, () => "*a", ",")}]`, "CONFIG_LIMIT", "anchors"],
    [
      "aliases of aliases",
      keys(many, (i) => `a${i + 1}: &a${i + 1} [*a${i}]`, "\n"),
      "CONFIG_LIMIT",
      "anchors",
    ],
    ["tags", "!a ".repeat(many), "CONFIG_LIMIT", "tags"],
    ["equal keys", "a: 1\n".repeat(many), "CONFIG_LIMIT", "keys"],
    ["equal keys in braces", `{${keys(many, () => '"a":1', ",")}}`, "CONFIG_LIMIT", "keys"],
    ["keys", keys(many, (i) => `k${i}: 1`, "\n"), "CONFIG_LIMIT", "keys"],
    ["comments", "# x\n".repeat(many), "CONFIG_LIMIT", "comments"],
    ["a long text", `a: "${"x".repeat(100 * many)}"`, "CONFIG_LIMIT", "characters"],
    ["a long plain text", `a: ${"x ".repeat(50 * many)}`, "CONFIG_LIMIT", "characters"],
    ["a long key", `${"k".repeat(100 * many)}: 1`, "CONFIG_LIMIT", "characters"],
    ["commas", `[${",".repeat(many)}]`, "CONFIG_YAML", "Unexpected ,"],
    ["closing brackets", "]".repeat(many), "CONFIG_YAML", "flow"],
    ["documents", "---\n".repeat(many), "CONFIG_YAML", "more than one document"],
    ["a number of many digits", `a: ${"9".repeat(many)}`, "CONFIG_YAML", "no int"],
  ];
}
