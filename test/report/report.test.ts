import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figure, OwnStudy } from '../../src/experiments/spec.js';
import type { ReportContent } from '../../src/report/content.js';
import { setScripts, toHtml } from '../../src/report/markup.js';
import { writeReport, type WrittenReport } from '../../src/report/report.js';
import { bars, experiment, report, smooth } from './fixtures.js';

let root: string;
let written: WrittenReport;
let page: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'basin-report-'));
  written = await writeReport(join(root, 'first'), report);
  page = readFileSync(written.report, 'utf8');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function withFigures(figures: readonly Figure[]): ReportContent {
  return { ...report, experiments: [{ ...experiment, figures }] };
}

async function pageOf(name: string, content: ReportContent): Promise<string> {
  return readFileSync((await writeReport(join(root, name), content)).report, 'utf8');
}

describe('writeReport', () => {
  it('writes the page and every figure as SVG, PNG, CSV and spec, and nothing aside', () => {
    expect(written.problems).toEqual([]);
    expect(written.figures.slice(0, 4)).toEqual(
      ['svg', 'png', 'csv', 'vl.json'].map((kind) => join(root, 'first', 'figures', `bars.${kind}`)),
    );
    const files = readdirSync(join(root, 'first'), { recursive: true, encoding: 'utf8' }).sort();
    expect(files).toEqual([
      'figures',
      ...['bars', 'smooth'].flatMap((name) =>
        ['csv', 'png', 'svg', 'vl.json'].map((kind) => join('figures', `${name}.${kind}`)),
      ),
      'report.html',
    ]);
  });

  it('gives equal bytes for equal content, also over an older report', async () => {
    const again = await writeReport(join(root, 'second'), { ...report, title: 'older' }).then(() =>
      writeReport(join(root, 'second'), report),
    );
    for (const [i, path] of [written.report, ...written.figures].entries()) {
      expect(readFileSync([again.report, ...again.figures][i]).equals(readFileSync(path))).toBe(true);
    }
  });

  it('shows a figure that fails as a problem, with all the rest', async () => {
    const broken = { ...bars, spec: { ...bars.spec, layer: [{ mark: 'lyne' }] } };
    const result = await writeReport(join(root, 'broken'), withFigures([broken, smooth]));
    expect(result.problems).toEqual([expect.stringContaining('figure bars: ')]);
    expect(result.figures).toHaveLength(4);
    expect(readFileSync(result.report, 'utf8')).toContain('figure bars: ');
  });

  it('says that there is nothing to draw yet', async () => {
    const empty = await pageOf('empty', withFigures([{ ...bars, rows: [] }]));
    expect(empty).toContain('Success rate against the sample size: nothing to draw yet.');
  });

  it.each([
    ['two figures of one name', [bars, bars], 'two figures have the name bars'],
    ['a name that leaves the folder', [{ ...bars, name: '../bars' }], "letters, digits and hyphens, got '../bars'"],
  ])('refuses %s', async (_, figures, message) => {
    await expect(writeReport(join(root, 'refused'), withFigures(figures))).rejects.toThrow(message);
  });
});

describe('report.html', () => {
  it('stands alone: nothing is loaded, and no link leads to a file beside it', () => {
    expect(page).not.toMatch(/<(link|img|iframe)\b|@import|url\((?!#)|src=/);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(page.match(/href="[^"]*/g)?.filter((link) => !/^href="(#|data:)/.test(link))).toEqual([]);
    expect(page.match(/<svg [^>]*class="marks"/g)).toHaveLength(2);
  });

  it('escapes every text, and sets subscripts', () => {
    expect(page).toContain('A &lt;b&gt;bold&lt;/b&gt; title');
    expect(page).toContain('SD<sub>n</sub> ≤ 0.01 &amp; more');
    expect(page).toContain('Law of W* &amp; &quot;scale&quot;');
    expect(page).toContain('basin reproduce fig-x --out &#39;a b&#39;');
    expect(page).toContain('A &amp; B');
  });

  it('is well nested', () => {
    expect(unbalanced(page)).toEqual([]);
    expect(unbalanced('<p><b></p></b>')).not.toEqual([]);
  });

  it('describes figures by their captions and tables by their headers', () => {
    expect(page).toContain('role="img" aria-labelledby="bars-caption"');
    expect(page).toContain('<figcaption id="bars-caption">');
    expect(page.match(/<table/g)?.length).toBe(page.match(/<thead/g)?.length);
  });

  it('names verdicts, intervals, settings, provenance and the command', () => {
    for (const part of [
      '? undecided',
      '0.900 [0.800, 0.950]',
      'neurons',
      '>seed</th><td class="prose" data-title="value">1</td>',
      'computing time 1 min 15 s',
      'Complete: 100 trials',
    ])
      expect(page).toContain(part);
  });

  it('carries the data of its figures', () => {
    const [, data] = /download="bars.csv" href="data:text\/csv;charset=utf-8;base64,([^"]*)"/.exec(page) ?? [];
    expect(Buffer.from(data, 'base64').toString()).toBe(readFileSync(written.figures[2], 'utf8'));
  });

  it('tells findings and claims before it shows figures', () => {
    expect(page.indexOf('rate &gt; 0.9')).toBeGreaterThan(0);
    expect(page.indexOf('rate &gt; 0.9')).toBeLessThan(page.indexOf('<figure>'));
  });

  it('says once what all cells share, and names each value where rows are cards', () => {
    expect(page).toContain('In every cell: <span>K = 3</span>, <span>d = 20</span>, <span>trials = 50</span>.');
    expect(page).toContain('<td class="right" data-title="successRate">0.874 [0.861, 0.886]</td>');
  });

  it("shows what a study of one's own was: description, settings in force, its file", async () => {
    const settings = [
      { name: 'within', values: '0.01', meaning: 'W* counts as recovered when ‖Ŵ − W*‖ is at most this', given: false },
    ];
    const about = (): OwnStudy => ({
      description: 'Which law <needs> fewer?',
      draws: '',
      settings,
      randomNumbers: { key: ['', ''], common: '' },
    });
    const own = { ...experiment, experiment: { ...experiment.experiment, about } };
    const studyFile = {
      name: 'study.yaml',
      text: 'title: A <b>\n# why\n',
      rewritten: false,
      earlier: ['study-1.yaml'],
    };
    const html = await pageOf('own', { ...report, scale: 'smoke', experiments: [own], studyFile });
    for (const part of [
      'Which law &lt;needs&gt; fewer?',
      'data-title="value">0.01<',
      'data-title="from">default<',
      '<pre>title: A &lt;b&gt;\n# why</pre>',
      'study-1.yaml',
      'basin run study.yaml --scale smoke',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('says how many trials are missing', async () => {
    const cells = [{ ...experiment.cells[0], trials: 12 }, experiment.cells[1]];
    const partial = await pageOf('partial', { ...report, complete: false, experiments: [{ ...experiment, cells }] });
    expect(partial).toMatch(/Incomplete:<\/strong> 38 of 100 trials still missing/);
    expect(partial).toContain('38 trials missing');
  });
});

describe('subscripts and superscripts', () => {
  it.each([
    ['SD_n ≤ 1', 'SD<sub>n</sub> ≤ 1'],
    ['‖W‖_F', '‖W‖<sub>F</sub>'],
    ['λ_max', 'λ<sub>max</sub>'],
    ['step_size', 'step_size'],
    ['_n', '_n'],
    ['a_b_c', 'a_b_c'],
    ['SD_<b', 'SD_&lt;b'],
    ['n^(−1/2)', 'n<sup>−1/2</sup>'],
    ['∝ d^a within', '∝ d<sup>a</sup> within'],
    ['10^−3', '10<sup>−3</sup>'],
    ['a ^ b', 'a ^ b'],
    ['x^abc', 'x^abc'],
    ['n^(<)', 'n<sup>&lt;</sup>'],
  ])('%s', (text, html) => {
    expect(toHtml(text)).toBe(html);
  });

  it('return to the baseline', () => {
    expect(setScripts('<text>SD_n x</text>')).toBe(
      '<text>SD<tspan dy="0.25em" font-size="75%">n</tspan><tspan dy="-0.1875em"> x</tspan></text>',
    );
  });
});

/** Tags that are closed in another order than they were opened, or not at all. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash, name, closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^>"])*?(\/?)>/gi)) {
    if (closed !== '' || ['meta'].includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}
