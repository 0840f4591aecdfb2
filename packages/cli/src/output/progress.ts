/** How far a run is: a live line on a terminal, a plain line every few seconds otherwise. */
import cliProgress from "cli-progress";
import { tell, type Terminal } from "./terminal.js";

/** Shards or granules done and failed so far. */
export interface Progress {
  /** @param total in place of the one at the start, when it becomes known on the way */
  update(done: number, failed: number, total?: number): void;
  stop(): void;
}

const LINE_INTERVAL_MS = 5_000;

export interface ProgressOptions {
  /** Null when it is not known. */
  readonly total: number | null;
  /** What is counted, such as `shards`. */
  readonly noun: string;
  readonly now?: () => number;
}

export function startProgress(terminal: Terminal, options: ProgressOptions): Progress {
  if (terminal.quiet) return { update: () => undefined, stop: () => undefined };
  return terminal.stderr.isTTY === true ? liveBar(terminal, options) : plainLines(terminal, options);
}

/** `12/40 shards, 1 failed, 3.2 shards/s, 9 s left`; without a total that holds, `12 shards, 3.2 shards/s`. */
export function progressLine(
  done: number,
  failed: number,
  seconds: number,
  { total, noun }: ProgressOptions,
): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const failures = failed > 0 ? `, ${failed} failed` : "";
  const speed = `${failures}, ${rate.toFixed(rate < 10 ? 1 : 0)} ${noun}/s`;
  if (total === null || total < done) return `${done} ${noun}${speed}`;
  const left = rate > 0 ? `${duration((total - done) / rate)} left` : "time left unknown";
  return `${done}/${total} ${noun}${speed}, ${left}`;
}

function liveBar(terminal: Terminal, options: ProgressOptions): Progress {
  const now = options.now ?? Date.now;
  const started = now();
  const bar = new cliProgress.SingleBar({
    stream: terminal.stderr as unknown as NodeJS.WritableStream,
    format: options.total === null ? "{line}" : `${terminal.colors.cyan("{bar}")} {percentage}% {line}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
  });
  bar.start(options.total ?? 0, 0, { line: progressLine(0, 0, 0, options) });
  return {
    update: (done, failed, total = options.total ?? undefined) => {
      const known = { ...options, total: total ?? null };
      bar.update(done, { line: progressLine(done, failed, (now() - started) / 1000, known) });
    },
    stop: () => bar.stop(),
  };
}

function plainLines(terminal: Terminal, options: ProgressOptions): Progress {
  const now = options.now ?? Date.now;
  const started = now();
  let told = started;
  return {
    update(done, failed, total = options.total ?? undefined) {
      if (now() - told < LINE_INTERVAL_MS && done !== total) return;
      told = now();
      const known = { ...options, total: total ?? null };
      tell(terminal, progressLine(done, failed, (told - started) / 1000, known));
    },
    stop: () => undefined,
  };
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
