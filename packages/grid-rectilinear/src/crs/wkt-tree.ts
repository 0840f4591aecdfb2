/** WKT as a tree: `KEYWORD["text",number,KEYWORD[…]]`, of any version. ISO 19162:2019, clause 6.3. */

/** A keyword with what its brackets hold. */
export interface WktNode {
  /** In upper case. */
  readonly keyword: string;
  /** Quoted texts, numbers and bare words, in their order, as text. */
  readonly values: readonly string[];
  readonly children: readonly WktNode[];
}

const TOKEN = /\s*(?:"((?:[^"]|"")*)"|([[\](),])|([^\s"[\](),]+))/y;
/** Far more than any CRS has. */
const DEEPEST = 50;

/** Whether a definition is WKT: a keyword and a bracket. */
export function isWkt(definition: string): boolean {
  return /^\s*[A-Z_0-9]+\s*[[(]/i.test(definition);
}

/** Undefined if it is not WKT, or does not close. */
export function parseWkt(text: string): WktNode | undefined {
  const reader = new RegExp(TOKEN);
  const next = () => {
    const match = reader.exec(text);
    if (match === null) return undefined;
    const [, quoted, sign, word] = match;
    return { text: quoted?.replaceAll('""', '"') ?? word ?? "", sign, isQuoted: quoted !== undefined };
  };
  const node = (keyword: string, depth: number): WktNode | undefined => {
    const values: string[] = [];
    const children: WktNode[] = [];
    if (depth > DEEPEST) return undefined;
    for (let token = next(); token !== undefined; token = next()) {
      if (token.sign !== undefined) return undefined;
      const after = next();
      if (after?.sign === "[" || after?.sign === "(") {
        if (token.isQuoted) return undefined;
        const child = node(token.text.toUpperCase(), depth + 1);
        if (child === undefined) return undefined;
        children.push(child);
        const end = next();
        if (end?.sign === "]" || end?.sign === ")") return { keyword, values, children };
        if (end?.sign !== ",") return undefined;
        continue;
      }
      values.push(token.text);
      if (after?.sign === "]" || after?.sign === ")") return { keyword, values, children };
      if (after?.sign !== ",") return undefined;
    }
    return undefined;
  };
  const first = next();
  const bracket = next();
  if (first === undefined || (bracket?.sign !== "[" && bracket?.sign !== "(")) return undefined;
  const root = node(first.text.toUpperCase(), 0);
  return root === undefined || text.slice(reader.lastIndex).trim() !== "" ? undefined : root;
}

/** The first child with one of these keywords. */
export function childOf(node: WktNode | undefined, ...keywords: readonly string[]): WktNode | undefined {
  return node?.children.find(({ keyword }) => keywords.includes(keyword));
}

/** The EPSG code of a node itself, as `AUTHORITY["EPSG","n"]` (WKT1) or `ID["EPSG",n]` (WKT2). */
export function epsgCodeOf(node: WktNode): number | undefined {
  const id = childOf(node, "ID", "AUTHORITY");
  const [authority, code] = id?.values ?? [];
  return authority?.toUpperCase() === "EPSG" && /^\d+$/.test(code ?? "") ? Number(code) : undefined;
}
