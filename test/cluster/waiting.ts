import { createServer } from 'node:net';

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}

/** Waits until a condition holds; what it throws counts as not yet. */
export async function until(what: string, seconds: number, holds: () => boolean): Promise<void> {
  const end = Date.now() + 1000 * seconds;
  while (Date.now() < end) {
    try {
      if (holds()) return;
    } catch {
      // Not yet.
    }
    await new Promise((wake) => { setTimeout(wake, 100); });
  }
  throw new Error(`waited ${seconds} s in vain until ${what}`);
}
