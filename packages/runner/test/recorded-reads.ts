/** Notes which members of a value are read, by a name that somebody wrote down. */

/**
 * The value, every member of which tells its path when it is read by name. What reads all members alike, whatever they are called, does not
 * count: spreading, listing entries, and the text of JSON.
 */
export function recordReads(
  value: unknown,
  onRead: (path: readonly string[]) => void,
  path: readonly string[] = [],
): unknown {
  if (typeof value !== "object" || value === null) return value;
  /** Spreads and lists ask for the descriptor of a member just before the member. */
  let described: string | symbol | undefined;
  return new Proxy(value, {
    getOwnPropertyDescriptor(target, key) {
      described = key;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    get(target, key) {
      const isListed = described === key;
      described = undefined;
      if (key === "toJSON") return () => target;
      const member: unknown = Reflect.get(target, key);
      if (typeof key === "symbol") return member;
      const at = [...path, key];
      if (!isListed && typeof member !== "function") onRead(at);
      return recordReads(member, onRead, at);
    },
  });
}
