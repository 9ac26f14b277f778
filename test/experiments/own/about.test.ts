import { describe, expect, it } from 'vitest';
import { aboutStudy } from '../../../src/experiments/own/about.js';
import type { AxisValue, StudySpec } from '../../../src/experiments/own/spec.js';

const about = (grid: Readonly<Record<string, readonly AxisValue[]>>): ReturnType<typeof aboutStudy> => {
  const spec: StudySpec = { title: '', description: '', trials: 4, measures: [], figures: [], grid };
  return aboutStudy({ ...spec, grid: { d: [4], n: [40], ...grid } });
};
const FILE = 'file:9f86d081884c7d65';
const GIVEN = { inputs: [FILE], labels: ['regression'] } as const;

describe('what a report says of a study', () => {
  it('tells apart settings of the data, of the method and of what counts as recovered', () => {
    const settings = [
      ...about({ teacher: ['spectrum'], start: ['sphere', 'gaussian'] }).settings,
      ...about({ start: ['tensor'] }).settings.filter(({ name }) => name === 'mode'),
    ];
    const named = (role: string): string[] => settings.filter((one) => one.role === role).map(({ name }) => name);
    expect(named('data')).toEqual([
      ...['architecture', 'activation', 'output', 'K', 'd', 'n', 'teacher', 'teacherScale', 'condition', 'inputs'],
      ...['labels', 'noise', 'risk'],
    ]);
    expect(named('method')).toEqual([
      ...['studentK', 'loss', 'trainOutput', 'start', 'radius', 'startScale', 'starts', 'stepSize', 'stepFactor'],
      ...['method', 'schedule', 'iterations', 'tolerance', 'outcomes', 'mode'],
    ]);
    expect(named('threshold')).toEqual(['within', 'sameMinimum']);
    expect(named('trials')).toEqual(['trials']);
  });

  it.each<[Readonly<Record<string, readonly AxisValue[]>>, string]>([
    [{}, 'Every trial draws anew: teacher W*, inputs x, labels y, starts W0.'],
    [{ output: ['signs'] }, 'Every trial draws anew: teacher W*, signs v*, inputs x, labels y, starts W0.'],
    [{ output: ['gaussian'] }, 'Every trial draws anew: teacher W*, outputs v*, inputs x, labels y, starts W0.'],
    [{ risk: ['population'], labels: ['regression'] }, 'Every trial draws anew: teacher W*, starts W0.'],
    [{ labels: ['regression'] }, 'Every trial draws anew: teacher W*, inputs x, starts W0.'],
    [{ labels: ['regression'], noise: [0.1] }, 'Every trial draws anew: teacher W*, inputs x, labels y, starts W0.'],
    [{ teacher: [FILE, 'identity'] }, 'Every trial draws anew: inputs x, labels y, starts W0.'],
    [
      { ...GIVEN, teacher: [FILE, 'gaussian'], noise: [0, 1], start: ['gaussian'], startScale: [0] },
      'No part is drawn in every cell. In some cells only: teacher W*, labels y.',
    ],
    [{ start: [FILE] }, 'Every trial draws anew: teacher W*, inputs x, labels y.'],
    [{ radius: [0, 1] }, 'Every trial draws anew: teacher W*, inputs x, labels y. In some cells only: starts W0.'],
    [{ start: ['tensor'] }, 'Every trial draws anew: teacher W*, inputs x, labels y, starts W0.'],
  ])('says what trials of %j draw', (grid, draws) => {
    expect(about(grid).draws).toBe(`${draws} What is not drawn is the same in all trials of a cell.`);
  });
});
