/** How far a run is: a live line on a terminal, a plain line every few seconds otherwise. */
import cliProgress from "cli-progress";
import { tell, type Terminal } from "./terminal.js";

/** Shards or granules done and failed so far. */
export interface Progress {
  update(done: number, failed: number): void;
  stop(): void;
}

const LINE_INTERVAL_MS = 5_000;

export interface ProgressOptions {
  readonly total: number;
  /** What is counted, such as `shards`. */
  readonly noun: string;
  readonly now?: () => number;
}

export function startProgress(terminal: Terminal, options: ProgressOptions): Progress {
  if (terminal.quiet) return { update: () => undefined, stop: () => undefined };
  return terminal.stderr.isTTY === true ? liveBar(terminal, options) : plainLines(terminal, options);
}

/** `12/40 shards, 1 failed, 3.2 shards/s, 9 s left`. */
export function progressLine(
  done: number,
  failed: number,
  seconds: number,
  { total, noun }: ProgressOptions,
): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 ? `${duration((total - done) / rate)} left` : "time left unknown";
  const failures = failed > 0 ? `, ${failed} failed` : "";
  return `${done}/${total} ${noun}${failures}, ${rate.toFixed(rate < 10 ? 1 : 0)} ${noun}/s, ${left}`;
}

function liveBar(terminal: Terminal, options: ProgressOptions): Progress {
  const now = options.now ?? Date.now;
  const started = now();
  const bar = new cliProgress.SingleBar({
    stream: terminal.stderr as unknown as NodeJS.WritableStream,
    format: `${terminal.colors.cyan("{bar}")} {percentage}% {line}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
  });
  bar.start(options.total, 0, { line: progressLine(0, 0, 0, options) });
  return {
    update: (done, failed) =>
      bar.update(done, { line: progressLine(done, failed, (now() - started) / 1000, options) }),
    stop: () => bar.stop(),
  };
}

function plainLines(terminal: Terminal, options: ProgressOptions): Progress {
  const now = options.now ?? Date.now;
  const started = now();
  let told = started;
  return {
    update(done, failed) {
      if (now() - told < LINE_INTERVAL_MS && done < options.total) return;
      told = now();
      tell(terminal, progressLine(done, failed, (told - started) / 1000, options));
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
