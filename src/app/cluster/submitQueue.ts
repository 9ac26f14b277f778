/** Performs a plan through a queue, and the stages that follow from its results, until the store is complete. */
import { StopLevel } from '../../pool/control.js';
import { pause } from '../pause.js';
import { submit, type SubmitConducting, type SubmitRequest, type Submitted } from './submission.js';

export interface QueueRequest extends SubmitRequest {
  readonly url: string;
  /** whether a server that loses its queue in a crash is accepted */
  readonly allowVolatile: boolean;
}

export async function submitToQueue(request: QueueRequest, conducting: SubmitConducting): Promise<Submitted> {
  const { control, say } = conducting;
  // The queue library takes a third of a second to load, so only the users of a queue wait for it.
  const [{ connectBroker }, { coordinate }] = await Promise.all([
    import('../../shards/queue/broker.js'),
    import('../../shards/queue/coordinator.js'),
  ]);
  return await submit(request, conducting, async ({ plan, collector, show }) => {
    const broker = await connectBroker(request.url, say);
    if (!request.allowVolatile) await broker.requireDurable();
    const { ending, failed } = await coordinate({
      broker,
      plan,
      collector,
      say,
      pollSeconds: request.pollSeconds,
      wait: (seconds) => pause(seconds, control),
      stopped: () => control.level !== StopLevel.none,
      onProgress: ({ running, waiting }) => {
        show(`${running} units running, ${waiting} waiting`);
      },
    });
    const reasons = failed.map(({ unit, error }) => `unit ${unit} was given up: ${error}`);
    return () => ({ ending, reasons, damaged: [], goesOn: 'workers go on; the same command continues' });
  });
}
