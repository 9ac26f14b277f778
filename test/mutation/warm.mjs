// node warm.mjs FOLDER, started by runner.mjs: runs test files of the folder as it is told, and answers whether they
// passed.
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

const [folder] = process.argv.slice(2);
process.chdir(folder);
const setup = join(folder, 'test/mutation/each.mjs');
const vitest = await createVitest('test', {
  root: folder,
  // One project, in which each file is alone: what a mutant leaves behind must not meet the next file.
  config: false,
  include: ['test/**/*.test.ts'],
  pool: 'forks',
  testTimeout: 600_000,
  hookTimeout: 600_000,
  watch: false,
  bail: 1,
  maxWorkers: 1,
  reporters: [{}],
  setupFiles: [setup],
});
await vitest.standalone();
const project = vitest.getRootProject();

process.on('message', async ({ test, ids, changed }) => {
  for (const path of changed) vitest.invalidateFile(join(folder, path));
  const specification = project.createSpecification(
    join(folder, test),
    ids === undefined ? undefined : { testIds: ids },
  );
  const {
    testModules: [module],
    unhandledErrors,
  } = await vitest.runTestSpecifications([specification]);
  // Or the failures of this run would end the next one at once.
  vitest.state.filesMap.clear();
  const passed = module?.ok() === true && unhandledErrors.length === 0;
  const tests = passed
    ? [...module.children.allTests('passed')].map((one) => ({ id: one.id, seconds: one.diagnostic().duration / 1000 }))
    : [];
  process.send({ outcome: passed ? 'passed' : 'failed', tests });
});
process.on('disconnect', () => process.exit());
process.send('ready');
