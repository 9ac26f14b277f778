// node warm.mjs FOLDER, started by runner.mjs: runs test files of the folder as it is told, and answers whether they passed.
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

const [folder] = process.argv.slice(2);
process.chdir(folder);
const vitest = await createVitest('test', { root: folder, watch: false, bail: 1, maxWorkers: 1, reporters: [{}] });
await vitest.standalone();
const project = vitest.getRootProject();

process.on('message', async ({ test, changed }) => {
  for (const path of changed) vitest.invalidateFile(join(folder, path));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([project.createSpecification(join(folder, test))]);
  vitest.state.filesMap.clear();
  const passed = testModules.length === 1 && testModules[0].ok() && unhandledErrors.length === 0;
  process.send(passed ? 'passed' : 'failed');
});
process.on('disconnect', () => process.exit());
process.send('ready');
