/** `zagg grid signature`: the fingerprint of a configuration's grid. */
import { openConfig } from "../inputs/config.js";
import { printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export interface SignatureOptions {
  config: string;
  spatial?: boolean;
  plugin?: readonly string[];
}

/** Prints the signature of a configuration's grid. */
export async function gridSignature(
  { config, spatial, plugin }: SignatureOptions,
  session: Session,
): Promise<void> {
  const { terminal } = session;
  const { grid } = await openConfig(session, config, "grid", plugin);
  printJson(terminal, spatial === true ? grid.spatialSignature() : grid.signature());
}
