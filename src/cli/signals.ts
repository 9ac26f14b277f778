/** The effect of Ctrl-C, `kill` and a closed terminal on a command. */
import type { StudyControl } from '../pool/control.js';
import { ExitCode } from './exit.js';
import type { StudyProgress } from './progress.js';
import { warn } from './say.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function onSignals(act: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, act);
  return () => {
    for (const signal of SIGNALS) process.off(signal, act);
  };
}

/**
 * After the first signal, nothing new begins, and finished work is kept. The second signal stops the command at once.
 */
export function stopOnSignals(
  control: Pick<StudyControl, 'interrupt' | 'cancelled'>,
  progress: Pick<StudyProgress, 'say'>,
): () => void {
  return onSignals(() => {
    control.interrupt();
    progress.say(
      control.cancelled
        ? 'basin: stopping at once'
        : 'basin: stopping after the running trials; press Ctrl-C again to stop at once',
    );
  });
}

/** Used when all computation has ended: a signal ends the process, with a line that says how to continue. */
export function endOnSignals(line: () => string): () => void {
  return onSignals(() => {
    warn(line());
    process.exit(ExitCode.stopped);
  });
}

/** For a command that ends at a signal, or with the run that started it: the returned signal aborts. */
export function endingOnSignals(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const release = onSignals(abort);
  process.on('disconnect', abort);
  return {
    signal: controller.signal,
    release: () => {
      release();
      process.off('disconnect', abort);
    },
  };
}
