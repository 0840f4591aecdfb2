// The names of a generated package, all derived from the one that was given.

/** What a package folder's name starts with, by kind of plugin; the rest is the plugin's own name. */
const prefixes = { grid: "grid-", aggregator: "aggregator-", reader: "reader-" };

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Words of the language, which cannot be exported. */
const reserved = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`);

/** Names that the generated files use for something else beside the plugin. */
const used = words(`
  api assign bench bytes-of cells-of codes column coverage create-coverer create-grid create-lattice
  create-storage datasets-of describe directory expect expected file golden granule grid it lines locate made
  malformed nests new-path out params plugin resolve rows shard-index shard-outline shards-of signature-rules
  source-of unreadable value-of-cell values write`);

/**
 * @param {"grid" | "aggregator" | "reader"} kind
 * @param {string} name folder of the package, such as `grid-hex`
 * @throws {Error} when no package, plugin or export can have that name
 */
export function namesOf(kind, name) {
  if (!PATTERN.test(name)) {
    throw new Error(
      `"${name}" cannot name a package: use lower-case words joined by hyphens, such as ${prefixes[kind]}hex`,
    );
  }
  const plugin = name.startsWith(prefixes[kind]) ? name.slice(prefixes[kind].length) : name;
  const identifier = plugin.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  if (!/^[a-z]/.test(plugin) || reserved.has(plugin) || used.has(plugin)) {
    throw new Error(
      `a plugin cannot be called "${plugin}": its package exports it as ${identifier}; choose another name`,
    );
  }
  const type = identifier.charAt(0).toUpperCase() + identifier.slice(1);
  return { name, plugin, identifier, type };
}

function words(text) {
  return new Set(text.trim().split(/\s+/));
}
