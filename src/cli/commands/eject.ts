import { ejectStudy } from '../../app/eject.js';
import { isStandardOutput } from '../../base/target.js';
import { writeWhole } from '../../base/whole.js';
import { findExperiment } from '../../experiments/registry.js';
import { parseOverrides } from '../../study/grid/overrides.js';
import { parseSeed } from '../values.js';
import { print } from '../output.js';
import { replacing } from '../resultFiles.js';

interface EjectOptions {
  readonly out: string;
  readonly seed: string;
  readonly set: readonly string[];
}

/** `basin eject`: writes a paper's experiment as a study file. */
export const act = () => eject;

function eject(id: string, { out, seed, set }: EjectOptions): void {
  const experiment = findExperiment(id);
  const text = ejectStudy({ experiment, overrides: parseOverrides(set, [experiment]).of(id), seed: parseSeed(seed) });
  if (isStandardOutput(out)) {
    print(text.trimEnd());
    return;
  }
  replacing(out, () => {
    writeWhole(out, text);
  });
  print(`${id}: ${out}`);
}
