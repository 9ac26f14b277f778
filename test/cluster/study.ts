/** A study of some 25 seconds, cut into units of about one, and the program that runs it. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { BIN } from '../cli/basin.js';

const STUDY = [
  'fu2018-fig3',
  '--scale',
  'smoke',
  '--set',
  'd=8',
  '--set',
  'n=800,1600',
  '--set',
  'trials=80',
  '--set',
  'iterations=1000',
  '--set',
  'tolerance=0',
];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Merged {
  readonly digest: string;
  readonly complete: number;
  readonly units: number;
  readonly added: number;
  readonly conflicts: readonly string[];
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

export class ClusterStudy {
  readonly folder = mkdtempSync(join(tmpdir(), 'basin-cluster-'));
  readonly plan = this.at('plan.json');
  unitCount = 0;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.#environment = environment;
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  run(...args: string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      env: this.#environment,
    });
    return { code: status, stdout, stderr };
  }

  start(...args: string[]): Running {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (texts.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (texts.stderr += data.toString()));
    return {
      process: child,
      ended: new Promise((resolve) =>
        child.on('close', (code) => {
          resolve({ code, ...texts });
        }),
      ),
    };
  }

  /** Plans the study, or another one, and returns the digest of running it here. */
  reference(study: readonly string[] = STUDY): string {
    expect(this.run('plan', ...study, '-o', this.plan, '--unit', '1s')).toMatchObject({ code: 0 });
    expect(this.run('run', '--plan', this.plan, '--shard', '0/1', '--out', this.at('local'))).toMatchObject({
      code: 0,
    });
    const { digest, units } = this.merge('local-study', 'local');
    this.unitCount = units;
    return digest;
  }

  merge(store: string, ...units: string[]): Merged {
    return JSON.parse(
      this.run('merge', ...units.map((name) => this.at(name)), '--plan', this.plan, '--store', this.at(store), '--json')
        .stdout,
    ) as Merged;
  }

  missing(store: string): number[] {
    return (
      JSON.parse(this.run('missing', '--plan', this.plan, '--store', this.at(store), '--json').stdout) as {
        missing: number[];
      }
    ).missing;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** `submit` to Slurm, with a store and units of this name. */
  submitToSlurm(name: string, ...more: string[]): Running {
    const to = ['--store', this.at(`${name}-study`), '--units', this.at(`${name}-units`)];
    const often = ['--poll', '1s', '--settle', '1s'];
    return this.start('submit', '--engine', 'slurm', '--plan', this.plan, ...to, ...often, '--json', ...more);
  }

  /** Running tasks: the program itself, not the shell or the step that started it. */
  tasks(): number[] {
    const found = `pgrep -f '^${process.execPath}.*run --plan ${this.plan}' || true`;
    const lines = execFileSync('sh', ['-c', found], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => line !== '').map(Number);
  }
}
