import { Command } from 'commander';
import type { SetExitCode } from '../exit.js';
import { runPlanShard, type ShardRunOptions } from '../shardRun.js';

export function runCommand(setExitCode: SetExitCode): Command {
  return new Command('run')
    .description('perform one shard of a plan')
    .requiredOption('--plan <file>', 'a plan made by basin plan -o')
    .requiredOption('--shard <i/N>', 'the units whose number is i modulo N')
    .requiredOption('--out <dir>', 'where unit results go')
    .option('--workers <n>', 'worker threads (default: what the scheduler gives, else one per core)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin run --plan plan.json --shard 0/8 --out units\n')
    .action(async (options: ShardRunOptions) => setExitCode(await runPlanShard(options)));
}
