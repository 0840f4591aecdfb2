/** A size given as an option. */
import { InvalidArgumentError } from "commander";

const unitBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `2GiB`, `1.5GB`, `100000`: bytes when no unit is given. @throws InvalidArgumentError unless it is a size, at least one byte */
export function byteSize(text: string): number {
  const [, number = "", unit = "B"] = /^([0-9]+(?:[.][0-9]+)?) ?([A-Za-z]+)?$/.exec(text) ?? [];
  const bytes = Number(number) * (unitBytes[unit] ?? NaN);
  if (number === "" || !(bytes >= 1)) {
    throw new InvalidArgumentError(
      `It must be a size such as 512MB or 2GiB; units are ${Object.keys(unitBytes).join(", ")}.`,
    );
  }
  return Math.floor(bytes);
}
