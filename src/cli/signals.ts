/** What Ctrl-C, `kill` and a terminal that is closed do to a command. */
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

/** Once: begin nothing new and keep what is done. Twice: at once. */
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

/** While nothing is computed any more: a signal ends the process, with a line that says what to do then. */
export function endOnSignals(line: () => string): () => void {
  return onSignals(() => {
    warn(line());
    process.exit(ExitCode.stopped);
  });
}
