/** A private Redis on this machine, with an append-only file unless told otherwise. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';
import { freePort } from './ports.js';

export function redisInstalled(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v redis-server && command -v redis-cli']);
    return true;
  } catch {
    return false;
  }
}

export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'basin-redis-'));
  port = 0;
  #process: ChildProcess | undefined;

  get url(): string {
    return `redis://:secret@127.0.0.1:${this.port}`;
  }

  async start(appendonly = 'yes'): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const args = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--appendonly',
      appendonly,
      '--save',
      '',
      '--requirepass',
      'secret',
    ];
    this.#process = spawn('redis-server', args, { stdio: 'ignore' });
    await until('Redis answers', () => this.ask('PING') === 'PONG');
  }

  ask(...args: string[]): string {
    return execFileSync('redis-cli', ['-p', String(this.port), '-a', 'secret', '--no-auth-warning', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.kill('SIGKILL');
    await ended;
    this.#process = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
