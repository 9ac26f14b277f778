import { verifyFolder, type VerifiedStudy, type VerifyRequest } from '../../app/verify.js';
import { StudyControl } from '../../pool/control.js';
import { formatCount } from '../../base/amounts.js';
import { key, named, prose } from '../../report/table.js';
import { sameOrigin, type Origin } from '../../store/origin.js';
import { describeForeign, foreignTo } from '../../study/provenance/foreign.js';
import type { SampleSize } from '../../study/replay/sample.js';
import type { Verification } from '../../study/replay/verify.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { keptCommandLine } from '../given.js';
import { parseNumber } from '../options.js';
import { parseSeed } from '../values.js';
import { print, printJson, table } from '../output.js';
import { countProgress } from '../progress.js';
import { parseWorkers } from '../runOptions.js';
import { warn } from '../say.js';
import { stopOnSignals } from '../signals.js';

/** Largest number of differences that are shown on a terminal. */
const MOST_ROWS = 40;

interface Options {
  readonly sample: string;
  readonly seed: string;
  readonly workers?: string;
  readonly json?: boolean;
}

/** `basin verify`: runs a sample of the stored trials again, and compares the results bit by bit. */
export const act =
  (setExitCode: SetExitCode) => async (directory: string, experiments: readonly string[], options: Options) => {
    const seed = parseSeed(options.seed);
    const verified = await verify({
      directory,
      experiments,
      seed,
      size: parseSample(options.sample),
      workers: parseWorkers(options.workers),
    });
    if (options.json) printJson({ ...jsonShape(verified), sample: options.sample, seed });
    else print(describe(verified));
    setExitCode(conclude(verified.verification));
  };

/** The text is a percentage or a number: `1%` or `20`. */
function parseSample(text: string): SampleSize {
  const allowed = 'a share such as 1% (above 0, at most 100%) or a whole number of trials above 0';
  if (text.endsWith('%'))
    return {
      share: parseNumber('--sample', text.slice(0, -1), allowed, (percent) => percent > 0 && percent <= 100) / 100,
    };
  return { trials: parseNumber('--sample', text, allowed, (trials) => Number.isInteger(trials) && trials > 0) };
}

async function verify(request: VerifyRequest): Promise<VerifiedStudy> {
  const progress = countProgress('verify', 'trials');
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    return await verifyFolder(request, {
      control,
      commandLine: keptCommandLine(),
      onProgress: ({ replayed, sampled, differing }) => {
        progress.update(replayed, sampled, differing.length > 0 ? `${differing.length} differ` : '');
      },
    });
  } finally {
    release();
    progress.end();
  }
}

function conclude({ sampled, replayed, differing }: Verification): ExitCodeValue {
  if (replayed < sampled) {
    warn('stopped by a signal; the same command begins again');
    return ExitCode.stopped;
  }
  return differing.length > 0 ? ExitCode.differs : ExitCode.done;
}

function jsonShape({
  study,
  sample: { stored, censored },
  verification: { sampled, replayed, differing, origins },
  facts,
  here,
}: VerifiedStudy): Record<string, unknown> {
  return {
    study,
    stored,
    censored,
    sampled,
    replayed,
    identical: replayed - differing.length,
    differing: differing.map(({ address, origin, differences }) => ({
      address,
      origin,
      differences: differences.map(({ name, first, second }) => ({ name, stored: first, replayed: second })),
    })),
    provenance: facts.map(({ name, first, second: [value] }) => ({ name, stored: first, here: value })),
    origins: origins.map(({ origin, ...counts }) => ({ ...origin, here: sameOrigin(origin, here), ...counts })),
  };
}

function describe({
  study,
  sample: { stored, censored },
  verification: { replayed, differing, origins },
  facts,
  here,
}: VerifiedStudy): string {
  const rows = differing.flatMap(({ address, differences }) =>
    differences.map(({ name, first, second }) => [address, name, String(first ?? '–'), String(second ?? '–')]),
  );
  const places = facts.map(({ name, first, second }) => [name, first.join(', '), second.join(', ')]);
  return [
    `${study}: ${replayed} of ${formatCount(stored, 'trial')} replayed, ${replayed - differing.length} identical, ${differing.length} differ`,
    ...(censored > 0 ? [`${formatCount(censored, 'trial')} passed over: cut off before the end`] : []),
    ...describeMakers(here, origins),
    ...(rows.length === 0
      ? []
      : [
          '',
          table(
            [key(named('address')), key(named('what')), named('stored'), named('replayed')],
            rows.slice(0, MOST_ROWS),
          ),
        ]),
    ...(rows.length > MOST_ROWS
      ? [`… and ${formatCount(rows.length - MOST_ROWS, 'difference')} more: --json has all`]
      : []),
    ...(places.length === 0
      ? []
      : [
          '',
          `the study was made by another program or machine${differing.length > 0 ? ', which may be why bits differ' : ''}:`,
          table([key(named('')), prose('stored'), prose('here')], places),
        ]),
  ].join('\n');
}

/** Says which of the replayed trials another program or machine had made, one line for each program or machine. */
function describeMakers(here: Origin, origins: Verification['origins']): string[] {
  const foreign = foreignTo(
    here,
    origins.map(({ origin, replayed }) => ({ origin, trials: replayed })),
  );
  return foreign.map((maker) => {
    const { replayed = 0, differing = 0 } = origins.find(({ origin }) => origin === maker.origin) ?? {};
    return `of these ${formatCount(replayed, 'trial')} made with ${describeForeign(here, [maker])}: ${replayed - differing} identical, ${differing} differ`;
  });
}
