// What the workspace itself has to know of a new package: the reference of the root project, and its page of errors.

/** @param {string} text the root tsconfig.json */
export function withReference(text, path) {
  const config = JSON.parse(text);
  config.references = [...config.references, { path }];
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * The page of error codes with one more package, at its place in the alphabet.
 *
 * @param {string} page docs/errors.md
 * @param {string} name
 * @param {Readonly<Record<string, string>>} codes
 */
export function withCodes(page, name, codes) {
  const rows = Object.entries(codes).map(([code, when]) => `| \`${code}\` | ${when} |`);
  const section = `## ${name}\n\n| code | when |\n| --- | --- |\n${rows.join("\n")}\n`;
  const [head, ...sections] = page.split(/\n(?=## )/);
  const nameOf = (text) => /^## (.*)$/m.exec(text)?.[1] ?? "";
  const sorted = [...sections.map((text) => text.trimEnd() + "\n"), section].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  return [head, ...sorted].join("\n");
}

/** The table of a generated codes.ts, read as text because nothing is built yet. */
export function codesOf(source) {
  const entries = [...source.matchAll(/^\s+([A-Z][A-Z0-9_]+):\s*"((?:[^"\\]|\\.)*)"/gm)];
  return Object.fromEntries(entries.map(([, code, when]) => [code, when]));
}
