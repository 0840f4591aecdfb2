/** The scheme of a URI given as an option. */
import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError unless it is a word that can be a scheme, without `://` */
export function schemeWord(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*$/.test(text))
    throw new InvalidArgumentError("It must be a scheme in lower case, such as file, s3 or https.");
  return text;
}
