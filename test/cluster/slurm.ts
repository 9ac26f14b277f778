/**
 * A private Slurm on this machine: a controller and nodes, each node in a process namespace of its own, so that killing
 * it kills its tasks.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { until } from '../until.js';
import { freePort } from './ports.js';

export function slurmInstalled(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v slurmctld && command -v slurmd && command -v munged && command -v unshare']);
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

function configuration(folder: string, ports: { controller: number; nodes: readonly number[] }): string {
  const host = hostname().split('.')[0];
  return `ClusterName=private
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=${ports.controller}
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket=${folder}/munge/socket,cred_expire=5
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MailProg=/bin/true
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0,bf_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=5
SlurmdTimeout=5
KillWait=2
JobRequeue=1
${ports.nodes.map((port, index) => `NodeName=n${index + 1} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=1 State=UNKNOWN`).join('\n')}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

export class SlurmCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'basin-slurm-'));
  readonly environment: NodeJS.ProcessEnv = { ...process.env, SLURM_CONF: join(this.folder, 'slurm.conf') };
  readonly #nodes = new Map<string, ChildProcess>();

  /** Starts everything and waits until the nodes are idle. */
  async start(nodes: number): Promise<void> {
    for (const part of ['state', 'log', 'spool', 'munge']) mkdirSync(join(this.folder, part));
    for (let n = 1; n <= nodes; n++) mkdirSync(join(this.folder, 'spool', `n${n}`));
    const ports = { controller: await freePort(), nodes: await Promise.all(Array.from({ length: nodes }, freePort)) };
    writeFileSync(join(this.folder, 'slurm.conf'), configuration(this.folder, ports));
    await this.#startMunge();
    this.startController();
    for (let n = 1; n <= nodes; n++) this.startNode(`n${n}`);
    await until(
      'the nodes are idle',
      () =>
        this.ask('sinfo', '-h', '-N', '-o', '%T')
          .split('\n')
          .filter((state) => state === 'idle').length === nodes,
    );
  }

  ask(name: string, ...args: string[]): string {
    return execFileSync(name, args, {
      env: this.environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  startController(): void {
    this.ask('slurmctld', '-f', join(this.folder, 'slurm.conf'));
  }

  /** Kills the controller, and starts it again from what it had saved. */
  async loseController(): Promise<void> {
    const pid = this.#pid('slurmctld.pid');
    process.kill(pid, 'SIGKILL');
    await until('the controller is gone', () => !alive(pid));
    this.startController();
    await until('the controller answers', () => this.ask('scontrol', 'ping').includes('UP'));
  }

  /** Tasks of a node that is not apart outlive it. */
  startNode(name: string, apart = true): void {
    const daemon = ['slurmd', '-D', '-N', name, '-f', join(this.folder, 'slurm.conf')];
    const [command, ...args] = apart
      ? ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', ...daemon]
      : daemon;
    this.#nodes.set(name, spawn(command, args, { env: this.environment, stdio: 'ignore' }));
  }

  /** The machine is gone, with its tasks if it was apart. */
  killNode(name: string): void {
    this.#nodes.get(name)?.kill('SIGKILL');
    this.#nodes.delete(name);
  }

  /** Ends every process, waits until none is left, and removes the folder. */
  async stop(): Promise<void> {
    for (const name of [...this.#nodes.keys()]) this.killNode(name);
    for (const file of ['slurmctld.pid', 'munge/pid']) {
      try {
        process.kill(this.#pid(file), 'SIGKILL');
      } catch {
        // It is dead already.
      }
    }
    const left = (): string =>
      execFileSync('sh', ['-c', `pgrep -af '${this.folder}' | grep -v pgrep || true`], { encoding: 'utf8' });
    await until('nothing is left running', () => left() === '');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #pid(file: string): number {
    return Number(readFileSync(join(this.folder, file), 'utf8'));
  }

  async #startMunge(): Promise<void> {
    const folder = join(this.folder, 'munge');
    writeFileSync(join(folder, 'key'), randomBytes(128), { mode: 0o400 });
    execFileSync('chown', ['-R', 'munge:', folder]);
    execFileSync('chown', ['munge:', this.folder]);
    chmodSync(this.folder, 0o755);
    const file = (name: string): string => join(folder, name);
    spawn(
      'runuser',
      [
        '-u',
        'munge',
        '--',
        'munged',
        '--foreground',
        `--key-file=${file('key')}`,
        `--socket=${file('socket')}`,
        `--pid-file=${file('pid')}`,
        `--log-file=${file('log')}`,
        `--seed-file=${file('seed')}`,
      ],
      { stdio: 'ignore' },
    );
    await until('munge answers', () => {
      execFileSync('munge', ['-S', file('socket'), '-n'], { stdio: 'ignore' });
      return true;
    });
  }
}

function alive(pid: number): boolean {
  try {
    // A process that has ended and is not yet buried answers signals.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
