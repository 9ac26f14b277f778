/** Tables as LaTeX. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATEMENTS } from '../../src/experiments/papers/statements.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { escapeLatex, latexTable } from '../../src/report/latex.js';
import { key, named, numeric, prose } from '../../src/report/table.js';
import { claimsIn } from '../experiments/verdicts/worlds.js';

/** What is left of a text when everything that LaTeX knows is taken out. */
function bare(text: string): string {
  return text
    .replace(/\\[\\{}$&#%_ ]/g, '')
    .replace(/\\(?:[a-z]+|[|'"`^,])(?:\{\})?/gi, '')
    .replace(/\$[^$]*\$/g, '');
}

describe('text for LaTeX', () => {
  it.each([
    ['100 % of a_b & c # d', '100 \\% of a\\_b \\& c \\# d'],
    ['{x^2} ~ \\y $', '\\{x\\textasciicircum{}2\\} \\textasciitilde{} \\textbackslash{}y \\$'],
    ['‖Ŵ_n − W*‖', '$\\|{}\\hat{W}$\\_n $-$ W*$\\|$'],
    ['10⁻⁹', '10$^{-}{}^{9}$'],
    ['$λ', '\\$$\\lambda$'],
    ['Müller', 'M\\"{u}ller'],
  ])('%s becomes %s', (text, wanted) => {
    expect(escapeLatex(text)).toBe(wanted);
  });

  it('has no character with a meaning of its own, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab \\{}$&#%_^~<>|"[]λ²ₙ√')) }), (text) => {
        expect(bare(escapeLatex(text))).not.toMatch(/[\\{}$&#%_^~<>|]/);
      }),
    );
  });

  it('is ASCII for every sentence of the papers', () => {
    const sentences = [
      ...Object.values(STATEMENTS).flatMap((all) => all.flatMap(({ number, says }) => [number, says])),
      ...EXPERIMENTS.flatMap(({ id, title, source, measures }) => [
        ...[title, source, ...measures.flatMap(({ name, description }) => [name, description])],
        ...claimsIn(id, {}, 'missing').map(({ statement }) => statement),
      ]),
    ];
    const strange = sentences.flatMap((text) => Array.from(escapeLatex(text))).filter((sign) => sign > '~');
    expect([...new Set(strange)]).toEqual([]);
  });
});

describe('a table', () => {
  const table = {
    columns: [key(named('name')), numeric('value'), prose('what')],
    rows: [
      ['[a', '-0.5 [-1e-9, 2e3]', 'a sentence'],
      ['b', '3', 'e-9'],
    ],
  };
  const text = latexTable(table, { caption: '5 %', label: 'tab:x' });

  it('has booktabs rules, a caption, a label, and its columns', () => {
    expect(text).toContain(
      '\\begin{tabular}{@{}lrp{0.6\\linewidth}@{}}\n    \\toprule\n    name & value & what \\\\\n',
    );
    expect(text).toContain('  \\caption{5 \\%}\n  \\label{tab:x}\n');
  });

  it('has numbers as mathematics writes them, and no row that begins with a bracket', () => {
    expect(text).toContain('    {}[a & $-$0.5 [$-$1$\\times10^{-9}$, 2$\\times10^{3}$] & a sentence \\\\\n');
    expect(text).toContain('    b & 3 & e-9 \\\\\n');
  });

  it('continues in a further block where it is too wide, with the key columns again', () => {
    const columns = [key(named('n')), ...Array.from({ length: 12 }, (_, i) => numeric(`measure${i}`))];
    const rows = [columns.map((_, i) => (i === 0 ? '7' : '0.123456 [0.1, 0.2]'))];
    const wide = latexTable({ columns, rows }, { caption: '', label: 'x' });
    expect(wide.match(/\\toprule\n {4}n & /g)?.length).toBeGreaterThan(2);
  });
});
