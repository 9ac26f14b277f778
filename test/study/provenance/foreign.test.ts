import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { readStudy } from '../../../src/store/open.js';
import type { MadeBy, Origin } from '../../../src/store/origin.js';
import { announceForeign, describeForeign, foreignTo, foreignWarning } from '../../../src/study/provenance/foreign.js';
import { runToy, temporaryFolder } from '../toy.js';

const HERE: Origin = {
  build: '0.1.0+aa',
  blas: 'Haswell',
  openblas: '0.3.21',
  vector: 'AVX2',
  v8: '11.3',
  platform: 'linux x64',
};
const ZEN: MadeBy = { origin: { ...HERE, blas: 'Zen' }, trials: 4 };

describe('trials of another making', () => {
  it('are those of any other origin, and of none that is known', () => {
    const unknown = { origin: {}, trials: 2 };
    expect(foreignTo(HERE, [{ origin: { ...HERE }, trials: 9 }, ZEN, unknown])).toEqual([ZEN, unknown]);
    expect(foreignTo({}, [unknown])).toEqual([unknown]);
  });

  it('are described by what differs, both named', () => {
    expect(describeForeign(HERE, [ZEN])).toBe('BLAS core Zen (here Haswell)');
    const two = [ZEN, { origin: { ...HERE, build: '0.1.0+bb', v8: undefined }, trials: 1 }];
    expect(describeForeign(HERE, two)).toBe(
      'build 0.1.0+aa and 0.1.0+bb (here 0.1.0+aa), BLAS core Zen and Haswell (here Haswell), V8 11.3 and unknown (here 11.3)',
    );
    expect(foreignWarning(HERE, two)).toEqual([
      expect.stringMatching(/^5 stored trials were made by another program or machine: build /),
    ]);
    expect(foreignWarning(HERE, [])).toEqual([]);
  });

  it('are said once, or refused', () => {
    const said: string[] = [];
    announceForeign(HERE, [ZEN], false, (text) => said.push(text));
    announceForeign(HERE, [], true, (text) => said.push(text));
    expect(said).toEqual([
      expect.stringMatching(/^4 stored trials .*BLAS core Zen \(here Haswell\).*--strict refuses$/),
    ]);
    expect(() => {
      announceForeign(HERE, [ZEN], true, (text) => said.push(text));
    }).toThrow(InputError);
    expect(said).toHaveLength(1);
  });
});

describe('a study that continues', () => {
  const more = (dir: string, options: Parameters<typeof runToy>[2]) => runToy(dir, ['toy-mixed'], options);

  it('says before it adds a trial who made the others, and keeps who made which', async () => {
    const dir = temporaryFolder();
    const asked: (readonly MadeBy[])[] = [];
    const beforeAdding = (makers: readonly MadeBy[]): void => {
      asked.push(makers);
    };
    await more(dir, { origin: ZEN.origin, set: { n: '10' }, beforeAdding });
    await more(dir, { origin: HERE, set: { n: '10' }, beforeAdding });
    const before = readStudy(dir).madeBy();
    await more(dir, { origin: HERE, set: { n: '10,20' }, beforeAdding });
    expect(asked).toEqual([[], before]);
    const store = readStudy(dir);
    expect(store.madeBy()).toEqual([...before, { origin: HERE, trials: 40 }]);
    expect(before.map(({ origin }) => origin)).toEqual([ZEN.origin]);
  });

  it('leaves the store as it was when that is refused', async () => {
    const dir = temporaryFolder();
    await more(dir, { origin: HERE, set: { n: '10' } });
    const [experiments, runs] = [readStudy(dir).experiments(), readStudy(dir).runs().length];
    await expect(
      more(dir, {
        origin: HERE,
        set: { n: '10,20' },
        beforeAdding: () => {
          throw new InputError('no');
        },
      }),
    ).rejects.toThrow('no');
    expect(readStudy(dir).experiments()).toEqual(experiments);
    expect(readStudy(dir).runs()).toHaveLength(runs);
  });
});
