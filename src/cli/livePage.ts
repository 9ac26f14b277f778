/** The live page of a run: `basin watch` in a process of its own, at low priority, so that it never holds up the run. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { installed } from '../base/package.js';
import type { LeaseInHand } from '../pool/control.js';

const PROGRAM = installed('bin/basin.js');

/** What the process of the page sends to that of the run. */
export interface PageReady {
  readonly url: string;
}

/** What the process of the run sends to that of the page. */
export interface WorkInHand {
  readonly inHand: readonly LeaseInHand[];
}

/** Milliseconds from one message to the next. */
const TELL_EVERY = 1000;

export class LivePage {
  readonly #say: (text: string) => void;
  #child: ChildProcess | undefined;
  #nextTelling = -Infinity;

  /** `say`: tells the user the address, or that there is no page */
  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Starts the page of a study, once. The study's store must exist. */
  open(directory: string): void {
    if (this.#child !== undefined) return;
    // Detached: Ctrl-C on the terminal is for the run, and the page shows how it ends.
    const child = fork(PROGRAM, ['watch', '--of-run', '--', directory], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.on('message', (message) => {
      this.#say(`live page: ${(message as PageReady).url}`);
    });
    child.on('error', (error) => {
      this.#say(`basin: there is no live page: ${error.message}`);
    });
    lowerPriority(child);
  }

  /** Tells the page what the workers compute, once a second at most. */
  tell(control: { readonly inHand: readonly LeaseInHand[] }): void {
    const now = performance.now();
    if (this.#child?.connected !== true || now < this.#nextTelling) return;
    this.#nextTelling = now + TELL_EVERY;
    // A page that ends at this moment needs no message.
    this.#child.send({ inHand: control.inHand } satisfies WorkInHand, () => undefined);
  }

  /** Resolves when the page has shown the end of the run. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    if (child.connected) child.disconnect();
    await exit;
  }
}

function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system without priorities, or a process that has already ended.
  }
}
