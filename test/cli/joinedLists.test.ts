import { expect, it } from 'vitest';
import { joinedLists } from '../../src/cli/joinedLists.js';

it.each([
  ['reproduce x --set d=20, 40', 'reproduce|x|--set|d=20,40'],
  ['reproduce x --set d=20 , 40 ,60 --json', 'reproduce|x|--set|d=20,40,60|--json'],
  ['reproduce x --set=d=20, 40', 'reproduce|x|--set=d=20,40'],
  ['quantities --sigma 0.5, 1 --activation relu', 'quantities|--sigma|0.5,1|--activation|relu'],
  ['run x --set radius=-1, -0.5', 'run|x|--set|radius=-1,-0.5'],
  ['run x --set d=20, --json', 'run|x|--set|d=20,|--json'],
  ['run x --set d=20 40', 'run|x|--set|d=20|40'],
  ['compare a, b', 'compare|a,|b'],
  ['', ''],
])('%s', (line, words) => {
  expect(joinedLists(line.split(' ')).join('|')).toBe(words);
});
