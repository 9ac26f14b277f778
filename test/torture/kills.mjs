// A run that is killed at random moments, again and again, and then left alone, has the trials of one that was not.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { digestOf, STUDY } from './commands.mjs';
import { below } from './random.mjs';

const BASIN = fileURLToPath(new URL('../../bin/basin.js', import.meta.url));
const MOST_KILLS = 3;

function start(file, study) {
  const child = spawn(process.execPath, [BASIN, 'run', file, '--out', study, '--workers', '2'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stderr });
    });
  });
  return { child, ended };
}

/** How long a run takes here, and what its trials are. */
export async function runToKill(folder) {
  const file = join(folder, 'killed.yaml');
  writeFileSync(file, STUDY.replace('trials: 4', 'trials: 400'));
  const begin = performance.now();
  const { code, stderr } = await start(file, join(folder, 'unkilled')).ended;
  if (code !== 0) throw new Error(`the undisturbed run ends with ${code}: ${stderr}`);
  return { file, milliseconds: performance.now() - begin, digest: digestOf(join(folder, 'unkilled')) };
}

/** Returns what is wrong in the end, how often it was killed in time, and the store. */
export async function killRuns({ file, milliseconds, digest }, random, folder) {
  const study = join(folder, 'killed');
  rmSync(study, { recursive: true, force: true });
  let kills = 0;
  for (let left = 1 + below(random, MOST_KILLS); left > 0; left--) {
    const { child, ended } = start(file, study);
    await Promise.race([ended, sleep(random() * milliseconds, undefined, { ref: false })]);
    child.kill('SIGKILL');
    const { signal, code, stderr } = await ended;
    if (signal === 'SIGKILL') kills += 1;
    else if (code !== 0) return { path: study, kills, wrong: `exit code ${code}: ${stderr}` };
  }
  const { code, stderr } = await start(file, study).ended;
  if (code !== 0) return { path: study, kills, wrong: `what continues ends with ${code}: ${stderr}` };
  return {
    path: study,
    kills,
    wrong: digestOf(study) === digest ? undefined : 'other trials than the run that was not killed',
  };
}
