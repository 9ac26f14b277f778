/** `basin submit --engine bullmq`. */
import { StopLevel } from '../pool/control.js';
import { concludeMerge } from './commands/merge.js';
import { warn } from './say.js';
import { pause } from './signals.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { parseDuration } from './options.js';
import { queueUrl } from './queueUrl.js';
import { withSubmission, type SubmitOptions } from './submission.js';

export async function submitToQueue(options: SubmitOptions): Promise<ExitCodeValue> {
  const pollSeconds = parseDuration('--poll', options.poll);
  const url = queueUrl(options);
  const [{ connectBroker }, { coordinate }] = await Promise.all([import('../shards/queue/broker.js'), import('../shards/queue/coordinator.js')]);
  return await withSubmission(options, async ({ plan, store, collector, control, progress, show }) => {
    const broker = await connectBroker(url, progress.say);
    if (options.allowVolatile !== true) await broker.requireDurable();
    const { ending, failed } = await coordinate({
      broker, plan, collector, pollSeconds,
      wait: (seconds) => pause(seconds, control),
      stopped: () => control.level !== StopLevel.none,
      say: progress.say,
      onProgress: ({ running, waiting }) => { show(`${running} units running, ${waiting} waiting`); },
    });
    progress.end();
    const code = await concludeMerge(store, collector, [], options.json === true);
    for (const { unit, error } of failed) warn(`unit ${unit} was given up: ${error}`);
    if (ending === 'complete' || code !== ExitCode.done) return code;
    if (ending === 'failed') return ExitCode.internal;
    warn('stopped by a signal; workers go on; the same command continues');
    return ExitCode.stopped;
  });
}
