/**
 * Makes this folder ready to run: system packages, npm packages, the native addon and the compiled program. With
 * --tests it also installs what some tests need: servers, and programs that read exports; with --site the generator of
 * the documentation's site; with --release compilers for other processors. Only this script installs what basin needs.
 * Exit code 1 when a step fails (its log is shown), 2 when the machine lacks something.
 */
import { nodeProblem } from './setup/requirements.mjs';

/** @param {{ title: string, act: () => void }} step */
function perform(step) {
  const started = performance.now();
  process.stderr.write(`setup: ${step.title} …`);
  step.act();
  process.stderr.write(` ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

async function setUp() {
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) {
    console.error(problem);
    return 2;
  }
  // These modules are loaded only now: they use features that an older Node lacks.
  const { STEPS } = await import('./setup/steps.mjs');
  const code = await performAll(STEPS);
  if (code !== 0) return code;
  // One failing step, for example without a network, must not prevent the other steps.
  const codes = [0];
  for (const extra of await asked(process.argv)) codes.push(await performAll([extra]));
  return Math.max(...codes);
}

/** Steps beyond those of the program. @param {readonly string[]} parameters */
async function asked(parameters) {
  const { EXTRAS } = await import('./setup/extras.mjs');
  const { SITE } = await import('./setup/generator.mjs');
  const { RELEASE } = await import('./setup/compilers.mjs');
  const steps = { '--tests': EXTRAS, '--site': SITE, '--release': RELEASE };
  return Object.entries(steps).flatMap(([option, those]) => (parameters.includes(option) ? those : []));
}

/** @param {readonly { title: string, isDue: () => boolean, act: () => void }[]} steps */
async function performAll(steps) {
  const { RequirementsMissing } = await import('./setup/steps.mjs');
  const { StepFailed } = await import('./setup/machine.mjs');
  try {
    for (const step of steps) if (step.isDue()) perform(step);
    return 0;
  } catch (error) {
    if (!(error instanceof RequirementsMissing) && !(error instanceof StepFailed)) throw error;
    console.error(`\n${error.message}`);
    return error instanceof RequirementsMissing ? 2 : 1;
  }
}

process.exitCode = await setUp();
