/** Tables fit for people. */
import Table from "cli-table3";

const plain = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Rows in aligned columns, numbers to the right; with a heading when one is given. */
export function table(rows: readonly (readonly (string | number)[])[], heading?: readonly string[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length), heading?.length ?? 0);
  const aligns = Array.from({ length: columns }, (_, i) =>
    rows.length > 0 && rows.every((row) => row[i] === undefined || isNumeric(row[i]))
      ? ("right" as const)
      : ("left" as const),
  );
  const drawn = new Table({
    chars: plain,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: aligns,
    ...(heading === undefined ? {} : { head: [...heading] }),
  });
  for (const row of rows) drawn.push(row.map(String));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** `1234567` as `1,234,567`. */
export function thousands(value: number): string {
  return value.toLocaleString("en-US");
}

/** A number with the noun that it counts, of which the plural ends in s: `1 shard`, `2,089 granules`. */
export function counted(value: number, noun: string): string {
  return `${thousands(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Bytes in the largest unit that keeps them at or above 1. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]!}`;
}

function isNumeric(value: string | number | undefined): boolean {
  return (
    typeof value === "number" || (typeof value === "string" && /^[-+]?[\d,.]+( ?[kMGT]?B| s|%)?$/.test(value))
  );
}
