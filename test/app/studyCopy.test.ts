import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { continuingCommand, studyContent } from '../../src/app/results.js';
import { keepStudyFile, restoreStudyFile, STUDY_COPY, studyFileOf } from '../../src/app/studyCopy.js';
import { STUDY_ID } from '../../src/experiments/spec.js';
import { specText } from '../../src/experiments/own/stored.js';
import { openStudy } from '../../src/store/open.js';
import type { StudyWriter } from '../../src/store/writer.js';
import { loadStudy } from '../../src/studyfile/load.js';
import { scratchFolder } from '../cli/basin.js';

const FIRST = '# the first\ntitle: Near\ngrid: {K: 1, d: 4, n: 30}\nmeasures: [recoveryRate]\n';
const SECOND = FIRST.replace('the first', 'the second').replace('n: 30', 'n: 30, within: 0.1');

describe('the file of a study, in its folder', () => {
  const root = scratchFolder();

  function storeOf(name: string): StudyWriter {
    return openStudy(join(root, name), { seed: 1, scale: 'paper', overrides: {} });
  }

  /** What a run of a file does before its first trial. */
  function begin(store: StudyWriter, text: string): void {
    keepStudyFile(store, text);
    store.beginRun({}, text);
    plan(store, text);
  }

  function plan(store: StudyWriter, text: string): void {
    const loaded = loadStudy(text);
    if ('problems' in loaded) throw new Error(loaded.problems[0].message);
    store.addExperiment({ id: STUDY_ID, version: 1, values: {}, study: specText(loaded.spec) }, []);
  }

  const copy = (store: StudyWriter, name = STUDY_COPY): string => readFileSync(join(store.dir, name), 'utf8');

  it("is the file as it was written, comments and all; what continues names it, and its title is the report's", () => {
    const store = storeOf('kept');
    begin(store, FIRST);
    expect(copy(store)).toBe(FIRST);
    expect(studyFileOf(store)).toEqual({ name: STUDY_COPY, text: FIRST, rewritten: false, earlier: [] });
    expect(studyContent(store).title).toBe('Near');
    expect(continuingCommand(store)).toBe(`basin run ${join(store.dir, STUDY_COPY)} --out ${store.dir}`);
    store.close();
  });

  it('is that of the present plan; earlier ones stay beside it, each once', () => {
    const store = storeOf('changed');
    for (const text of [FIRST, SECOND, SECOND, FIRST, SECOND]) begin(store, text);
    expect(studyFileOf(store)).toEqual({
      name: STUDY_COPY,
      text: SECOND,
      rewritten: false,
      earlier: ['study-1.yaml', 'study-2.yaml'],
    });
    expect([copy(store), copy(store, 'study-1.yaml'), copy(store, 'study-2.yaml')]).toEqual([SECOND, FIRST, SECOND]);
    expect(existsSync(join(store.dir, 'study-3.yaml'))).toBe(false);
    store.close();
  });

  it('that was edited in the folder costs neither what was run nor what was written', () => {
    const store = storeOf('edited');
    begin(store, FIRST);
    writeFileSync(join(store.dir, STUDY_COPY), SECOND);
    expect(studyFileOf(store)?.text).toBe(FIRST);
    begin(store, SECOND);
    expect([copy(store), copy(store, 'study-1.yaml')]).toEqual([SECOND, FIRST]);
    store.close();
  });

  it('is written from the store where no run has kept one that says the same', () => {
    const store = storeOf('merged');
    begin(store, FIRST);
    plan(store, SECOND);
    const found = studyFileOf(store);
    expect(found?.rewritten).toBe(true);
    expect(loadStudy(found?.text ?? '')).toEqual(loadStudy(SECOND));
    store.close();
  });

  it('comes back where the folder lacks it, and replaces nothing', () => {
    const store = storeOf('old');
    plan(store, FIRST);
    const found = studyFileOf(store);
    if (found === undefined) throw new Error('no file');
    const warnings: string[] = [];
    const restore = (): void => {
      restoreStudyFile(store, found, (text) => warnings.push(text));
    };
    restore();
    expect(loadStudy(copy(store))).toEqual(loadStudy(FIRST));
    writeFileSync(join(store.dir, STUDY_COPY), 'mine');
    expect(warnings).toEqual([]);
    restore();
    expect([copy(store), warnings]).toEqual(['mine', [expect.stringMatching(/study\.yaml is not what was run/)]]);
    store.close();
  });
});
