/** Parameters of an executor, as the command line or a program gives them. */
import type { AnySchema } from "ajv";
import { ConfigError } from "../errors.js";
import type { Executor } from "../executor.js";
import type { JsonObject } from "../json.js";
import { plainJson } from "../plain-json.js";
import { schemaProblems } from "./problems.js";

/**
 * A copy with the defaults of the executor's schema filled in. Text is read as what the schema wants: `"3"` as a number.
 * @throws ConfigError `EXECUTOR_PARAMS` with every problem in `details.problems`
 */
export async function executorParams(executor: Executor, given: JsonObject = {}): Promise<JsonObject> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    useDefaults: true,
    coerceTypes: true,
    verbose: true,
    logger: false,
  });
  const check = ajv.compile(executor.paramsSchema as AnySchema);
  const params = plainJson(given) as JsonObject;
  if (check(params)) return Object.freeze(params);
  const problems = schemaProblems(check.errors ?? []).map((problem) => ({
    code: "EXECUTOR_PARAMS",
    what: `the executor "${executor.name}": ${problem.what.replace("the configuration", "its parameters")}`,
    why: problem.why.replace(/: $/, ": none"),
    mend: problem.mend.replace(", or see the configuration reference", ""),
  }));
  throw new ConfigError("EXECUTOR_PARAMS", {
    ...problems[0]!,
    details: { executor: executor.name, problems },
  });
}
