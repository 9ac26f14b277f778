/** Finds the trials of a study that were made by another program or machine than the one that continues it. */
import { visible } from '../../base/visible.js';
import { InputError } from '../../base/errors.js';
import { ORIGIN_NAMES, sameOrigin, type MadeBy, type Origin, type OriginName } from '../../store/origin.js';

/** The names that messages give to the facts that determine a trial's bits. */
export const ORIGIN_TITLES: Readonly<Record<OriginName, string>> = {
  build: 'build',
  blas: 'BLAS core',
  openblas: 'OpenBLAS',
  vector: 'vector target',
  v8: 'V8',
  platform: 'system',
};

/** The makers that do not give the same bits as this program and machine. */
export function foreignTo(here: Origin, makers: readonly MadeBy[]): MadeBy[] {
  return makers.filter(({ origin }) => !sameOrigin(origin, here));
}

/** The facts that differ, by name: `build 0.1.0+aa (here 0.1.0+bb), BLAS core Zen (here Haswell)`. */
export function describeForeign(here: Origin, foreign: readonly Pick<MadeBy, 'origin'>[], where = 'here'): string {
  return ORIGIN_NAMES.flatMap((name) => {
    const others = new Set(foreign.map(({ origin }) => origin[name] ?? 'unknown'));
    if (others.size === 1 && others.has(here[name] ?? '')) return [];
    // A store or a unit from outside may contain any text.
    return [visible(`${ORIGIN_TITLES[name]} ${[...others].join(' and ')} (${where} ${here[name] ?? 'unknown'})`)];
  }).join(', ');
}

/** One line that warns of foreign trials; empty when all trials have the same origin. */
export function foreignWarning(here: Origin, foreign: readonly MadeBy[]): string[] {
  if (foreign.length === 0) return [];
  const trials = foreign.reduce((sum, maker) => sum + maker.trials, 0);
  return [
    `${trials} stored trial${trials === 1 ? ' was' : 's were'} made by another program or machine: ${describeForeign(here, foreign)}`,
  ];
}

/** Before foreign trials are added: throws `InputError` with `strict`, otherwise prints a warning. */
export function announceForeign(
  here: Origin,
  foreign: readonly MadeBy[],
  strict: boolean,
  warn: (text: string) => void,
): void {
  const [warning] = foreignWarning(here, foreign);
  if (foreign.length === 0) return;
  if (strict)
    throw new InputError(
      `${warning}; --strict adds no trials to them: continue with that one, or choose another --out`,
    );
  warn(`${warning}; new trials are added beside them, and each keeps who made it; --strict refuses`);
}
