import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlurmCluster, slurmInstalled, until } from './slurm.js';

const BASIN = join(import.meta.dirname, '..', '..', 'bin', 'basin.js');
const STUDY = ['fu2018-fig3', '--scale', 'smoke', '--set', 'd=8', '--set', 'n=1600', '--set', 'trials=160', '--set', 'iterations=1000', '--set', 'tolerance=0'];

describe.skipIf(!slurmInstalled())('a study on Slurm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-cluster-'));
  const cluster = new SlurmCluster();
  const at = (name: string): string => join(folder, name);
  const basin = (...args: string[]) => spawnSync(process.execPath, [BASIN, ...args], { encoding: 'utf8', env: cluster.environment });
  const merged = (store: string, units: string): { digest: string; complete: number; units: number } =>
    JSON.parse(basin('merge', at(units), '--plan', at('plan.json'), '--store', at(store), '--json').stdout);
  let digest = '';

  beforeAll(async () => {
    expect(basin('plan', ...STUDY, '-o', at('plan.json'), '--unit', '1s').status).toBe(0);
    expect(basin('run', '--plan', at('plan.json'), '--shard', '0/1', '--out', at('local')).status).toBe(0);
    ({ digest } = merged('local-study', 'local'));
    await cluster.start(3);
  }, 120_000);

  afterAll(() => {
    cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const submit = (name: string, ...more: string[]) => {
    const args = ['submit', '--engine', 'slurm', '--plan', at('plan.json'), '--store', at(`${name}-study`), '--units', at(`${name}-units`), '--poll', '1s', '--settle', '1s', '--json', ...more];
    const child = spawn(process.execPath, [BASIN, ...args], { env: cluster.environment, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    return new Promise<{ code: number | null; output: string }>((resolve) => child.on('close', (code) => { resolve({ code, output }); }));
  };
  const runningNode = (): string => cluster.ask('squeue', '-h', '-t', 'R', '-o', '%N').split('\n')[0];
  const unitCount = (name: string): number => (existsSync(at(name)) ? readdirSync(at(name)).filter((file) => file.startsWith('unit-')).length : 0);

  it('has the digest of the local run though a node is killed with its task', async () => {
    const done = submit('killed');
    await until('a unit is done', 60, () => unitCount('killed-units') >= 1);
    const victim = runningNode();
    expect(victim).toMatch(/^n\d$/);
    cluster.killNode(victim);
    await until('a task is put back in the queue', 90, () => cluster.ask('scontrol', 'show', 'job').includes('Restarts=1'));
    const { code, output } = await done;
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ digest, conflicts: [], damaged: [] });
    expect(merged('killed-study', 'killed-units')).toMatchObject({ digest, added: 0 });
    cluster.startNode(victim);
  }, 240_000);
});
