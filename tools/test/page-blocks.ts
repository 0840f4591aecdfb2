/** The fenced blocks of the pages for newcomers. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface PageBlock {
  readonly language: string;
  /** What stands after the language: a file name, or `fails`. */
  readonly rest: string;
  readonly text: string;
}

/** The fenced blocks of a page of docs/tutorials, in order. */
export function pageBlocks(name: string): PageBlock[] {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/tutorials/${name}`, import.meta.url)), "utf8");
  return [...page.matchAll(/^```(\w+)[ \t]*([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    rest: match[2]!.trim(),
    text: match[3]!,
  }));
}
