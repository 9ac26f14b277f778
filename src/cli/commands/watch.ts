import { spawn } from 'node:child_process';
import { watchStudy } from '../../app/watch.js';
import type { LeaseInHand } from '../../pool/control.js';
import type { PageReady, WorkInHand } from '../livePage.js';
import { parsePort } from '../values.js';
import { print } from '../output.js';
import { endingOnSignals } from '../signals.js';

interface Options {
  readonly port: string;
  readonly open: boolean;
  /** whether a run has started it, see livePage.ts */
  readonly ofRun?: boolean;
}

/** `basin watch`: serves a study as a page, until it is told to stop or the run that started it ends. */
export const act =
  () =>
  async (directory: string, { ofRun = false, ...options }: Options) => {
    const port = parsePort(options.port);
    const { signal, release } = endingOnSignals();
    const onReady = (url: string): void => {
      if (ofRun) process.send?.({ url } satisfies PageReady);
      else print(`watching ${directory}: ${url} (Ctrl-C ends)`);
      if (options.open && process.stdout.isTTY) openInBrowser(url);
    };
    let inHand: readonly LeaseInHand[] = [];
    if (ofRun) process.on('message', (message) => ({ inHand } = message as WorkInHand));
    try {
      await watchStudy(directory, {
        port,
        signal,
        onReady,
        lastLook: ofRun,
        ...(ofRun ? { inHand: () => inHand } : {}),
      });
    } finally {
      release();
    }
  };

/** Without a desktop, or without such a program, the address on the terminal has to do. */
function openInBrowser(url: string): void {
  const { env, platform } = process;
  if (platform !== 'darwin' && (env['DISPLAY'] ?? env['WAYLAND_DISPLAY']) === undefined) return;
  spawn(platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
