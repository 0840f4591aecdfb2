/** The demo's synthetic granules and configurations, for tests and benches of your own. */
export type { DemoConfig } from "./demo/config.js";
export type { DemoGranule, DemoGranules, DemoOptions } from "./demo/granules.js";

export { demoConfigs } from "./demo/config.js";
export { makeDemoGranules } from "./demo/granules.js";
