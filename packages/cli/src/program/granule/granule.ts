/** `zagg granule`: about one granule. */
import type { Command } from "commander";
import type { Session } from "../../session.js";
import { addGranuleDescribe } from "./describe.js";

export function addGranule(program: Command, session: Session): void {
  const granule = program.command("granule").description("about one granule");
  addGranuleDescribe(granule, session);
}
