/** `zagg grid signature`: the fingerprint of a configuration's grid. */
import { openConfig, type PluginFlags } from "../inputs/config.js";
import { printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export interface SignatureOptions extends PluginFlags {
  config: string;
  spatial?: boolean;
}

/** Prints the signature of a configuration's grid. */
export async function gridSignature(
  { config, spatial, ...flags }: SignatureOptions,
  session: Session,
): Promise<void> {
  const { terminal } = session;
  const { grid } = await openConfig(session, config, "grid", flags);
  printJson(terminal, spatial === true ? grid.spatialSignature() : grid.signature());
}
