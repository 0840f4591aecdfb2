/** Threads of a shard map build: more of them wait for the one that reads the catalog. */
export const MOST_THREADS = 8;
