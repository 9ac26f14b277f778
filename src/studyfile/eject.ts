/** Writes a paper's experiment as the text of a study file. */
import { Document, visit } from 'yaml';
import { InputError } from '../base/errors.js';
import type { Experiment, StudyForm } from '../experiments/spec.js';
import type { StreamSource } from '../experiments/streamSources.js';
import { SCALES, type ByScale, type Scale } from '../settings/scale.js';
import { loadStudy } from './load.js';

/**
 * The text of a file that runs the trials of an experiment, with all three scales and the experiment's random numbers.
 * @throws InputError for values that a study file does not take
 */
export function ejectedText(
  { title, source }: Pick<Experiment, 'title' | 'source'>,
  forms: ByScale<StudyForm>,
  { id, version, cells }: StreamSource,
  seed: number,
): string {
  const { grid, trials, measures, figure } = forms.paper;
  const file = {
    title,
    description: source,
    seed,
    streams: { of: id, version, cells },
    grid,
    trials,
    measures,
    figure,
    scales: { smoke: smaller(forms, 'smoke'), quick: smaller(forms, 'quick') },
  };
  const text = `${HEAD.map((line) => `# ${line.replace('ID', id)}\n`).join('')}${yamlText(file)}`;
  requireStudy(id, text);
  return text;
}

const HEAD = [
  'ID of basin as a study file. While `streams` is there, trials of equal cells have the random numbers of the',
  "experiment: its descents to the bit. The paper's claims are judged by `basin reproduce ID` alone.",
];

/** Each list is written in one line, as a person writes it. */
function yamlText(file: object): string {
  const document = new Document(file, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, list) => {
      list.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
}

/** The values that a scale replaces. */
function smaller(forms: ByScale<StudyForm>, scale: Scale): object {
  const { grid, trials } = forms[scale];
  const changed = Object.entries(grid).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(forms.paper.grid[name]),
  );
  return { grid: Object.fromEntries(changed), trials };
}

function requireStudy(id: string, text: string): void {
  for (const scale of SCALES) {
    const loaded = loadStudy(text, scale);
    if ('problems' in loaded) throw new InputError(`${id} as a study file: ${loaded.problems[0].message}`);
  }
}
