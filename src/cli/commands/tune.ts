import { describeFound } from '../../app/machine/kernels.js';
import { requireProfilePath, tuneMachine, type MeasuredMachine } from '../../app/machine/tune.js';
import { key, named, numeric } from '../../report/table.js';
import { isDefault } from '../../tuning/blocking.js';
import { readProfile, removeProfile } from '../../tuning/profile.js';
import { parseBudget } from '../values.js';
import { paragraph, print, printJson, table } from '../output.js';
import { countProgress } from '../progress.js';
import { warn } from '../say.js';

interface Options {
  readonly budget: string;
  readonly show?: boolean;
  readonly reset?: boolean;
  readonly json?: boolean;
}

/**
 * `basin tune`: measures the parameters that affect speed but not the bits of results on this machine, and stores the
 * best ones.
 */
export const act = () => async (options: Options) => {
  const path = requireProfilePath();
  if (options.reset !== true && options.show !== true) {
    report(options, path, await measure(parseBudget(options.budget), path));
    return;
  }
  if (options.reset === true) removeProfile(path);
  const found = readProfile(path);
  if (options.json === true) printJson({ file: path, ...found });
  else print(paragraph(describeFound(path, found)));
};

async function measure(seconds: number, path: string): Promise<MeasuredMachine> {
  const progress = countProgress('tune', 'percent');
  try {
    return await tuneMachine(seconds, path, {
      warn,
      onProgress: (share, what) => {
        progress.update(Math.floor(100 * share), 100, what);
      },
    });
  } finally {
    progress.end();
  }
}

function report({ json }: Options, path: string, { profile, compared, throughput }: MeasuredMachine): void {
  if (json === true) {
    printJson({ file: path, state: 'valid', profile, kernels: compared, workers: throughput });
    return;
  }
  const kernels = compared.map(({ blocking, speed }) => [
    String(blocking.groupUnits),
    `${blocking.tileRows}${isDefault(blocking) ? ' (default)' : ''}`,
    `${speed.median.toFixed(3)} (${speed.low.toFixed(3)}–${speed.high.toFixed(3)})`,
  ]);
  const workers = throughput.map(({ workers: count, trialsPerSecond }) => [
    String(count),
    trialsPerSecond.toPrecision(3),
  ]);
  print(
    [
      'speed against the default (quartiles of the rounds):',
      table([...['units in a group', 'rows of a tile'].map((title) => key(numeric(title))), named('speed')], kernels),
      '',
      table([key(numeric('workers')), numeric('trials per second')], workers),
      '',
      paragraph(describeFound(path, { state: 'valid', profile })),
    ].join('\n'),
  );
}
