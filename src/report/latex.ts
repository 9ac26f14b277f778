/** Tables as LaTeX for a paper: `booktabs` rules, every character escaped, a caption and a label. */
import { toBlocks, type Column, type Table } from './table.js';

export interface LatexCaption {
  readonly caption: string;
  /** for `\ref`: letters, digits, hyphens and colons */
  readonly label: string;
}

/** Share of the line that all columns of sentences together take. */
const PROSE_SHARE = 0.6;

/** Characters of a line of text in print at the size that is used; wider tables continue in a further block. */
const LINE_CHARACTERS = 84;
const GAP = 3;

/** A table that stands alone in its file: `\usepackage{booktabs}` is all that it needs. */
export function latexTable(table: Table, { caption, label }: LatexCaption): string {
  return [
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering\\small',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\label{${label}}`,
    toBlocks(table, LINE_CHARACTERS, GAP).map(blockText).join('\n\n  \\medskip\n'),
    '\\end{table}',
    '',
  ].join('\n');
}

function blockText({ columns, rows }: Table): string {
  const share = PROSE_SHARE / Math.max(1, columns.filter(({ prose }) => prose === true).length);
  return [
    `  \\begin{tabular}{@{}${columns.map((column) => columnOf(column, share)).join('')}@{}}`,
    '    \\toprule',
    rowLine(columns.map(({ title }) => escapeLatex(title))),
    '    \\midrule',
    ...rows.map((row) => rowLine(row.map((text, at) => cellText(text, columns[at])))),
    '    \\bottomrule',
    '  \\end{tabular}',
  ].join('\n');
}

function rowLine([first, ...others]: readonly string[]): string {
  // After the end of a line, a bracket or an asterisk would be an option of it.
  const safe = /^[[*]/.test(first) ? `{}${first}` : first;
  return `    ${[safe, ...others].join(' & ')} \\\\`;
}

/** Numbers get the minus of mathematics, and powers of ten. */
function cellText(text: string, { align, prose }: Column): string {
  const escaped = escapeLatex(text);
  if (align === 'left' || prose === true) return escaped;
  return escaped.replace(/(\d)e(-?\d+)/g, '$1$\\times10^{$2}$').replace(/(^|[ [(])-(?=\d)/g, '$1$-$$');
}

function columnOf({ align, prose }: Column, share: number): string {
  if (prose === true) return `p{${Number(share.toFixed(2))}\\linewidth}`;
  return align === 'right' ? 'r' : 'l';
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '-': '-',
  '–': '--',
  '—': '---',
  '…': '\\ldots{}',
  '“': '``',
  '”': "''",
  '’': "'",
  '‘': '`',
  '\u00a0': '~',
  '\u202f': '\\,',
};

/** Signs that LaTeX has in mathematics only. */
const MATHEMATICS: Readonly<Record<string, string>> = {
  ...greek(),
  '±': '\\pm',
  '×': '\\times',
  '·': '\\cdot',
  '−': '-',
  '≤': '\\le',
  '≥': '\\ge',
  '≠': '\\ne',
  '≈': '\\approx',
  '∝': '\\propto',
  '∞': '\\infty',
  '∇': '\\nabla',
  '∂': '\\partial',
  '√': '\\surd',
  '‖': '\\|',
  '∈': '\\in',
  '→': '\\to',
  '←': '\\gets',
  '⇒': '\\Rightarrow',
  '∑': '\\sum',
  Σ: '\\Sigma',
  '∏': '\\prod',
  '∘': '\\circ',
  '⊗': '\\otimes',
  ℓ: '\\ell',
  '°': '^\\circ',
  '′': "'",
  '″': "''",
  ᵀ: '^{\\mathsf T}',
  '½': '\\frac12',
  '¼': '\\frac14',
  '¾': '\\frac34',
  '✓': '\\surd',
  '✗': '\\times',
  '∼': '\\sim',
  '≪': '\\ll',
  '≫': '\\gg',
  '⟨': '\\langle',
  '⟩': '\\rangle',
  '∗': '\\ast',
  '⪰': '\\succeq',
  '⌈': '\\lceil',
  '⌉': '\\rceil',
  '∧': '\\wedge',
  '∨': '\\vee',
  '∀': '\\forall',
  '∃': '\\exists',
};

function greek(): Record<string, string> {
  const names =
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi _ pi rho _ sigma tau upsilon varphi chi psi omega';
  const small = names.split(' ').map((name, i) => [String.fromCodePoint(0x3b1 + i), `\\${name}`]);
  const large = { Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega' };
  const other = { ϕ: 'phi', ϵ: 'varepsilon', ϑ: 'vartheta' };
  const rest = Object.entries({ ...large, ...other }).map(([sign, name]) => [sign, `\\${name}`]);
  return Object.fromEntries([...small.filter(([, name]) => name !== '\\_'), ...rest]) as Record<string, string>;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ⁽⁾';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋ₙ₍₎';
const DIGITS = '0123456789+-n()';

/** Marks above a letter: the letter is then written in mathematics. */
const MARKS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '\u0307': '\\dot',
};
/** Accents of words. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0301': "\\'",
  '\u0300': '\\`',
  '\u0308': '\\"',
  '\u030c': '\\v',
};

/** A piece of a text: of words, or of a formula. */
interface Piece {
  readonly text: string;
  readonly formula: boolean;
}

const words = (text: string): Piece => ({ text, formula: false });
const formula = (text: string): Piece => ({ text, formula: true });

/**
 * Text for LaTeX: special characters are escaped, signs of mathematics are in $…$, neighbours in one formula. A
 * character that is not known here stays as it is; LaTeX then names it.
 */
export function escapeLatex(text: string): string {
  const signs = Array.from(text.normalize('NFD').matchAll(/(\P{M})(\p{M}?)/gu), ([, sign, mark]) =>
    pieceOf(sign, mark),
  );
  return signs
    .map(({ text: own, formula: here }, at) => {
      const [before, after] = [signs[at - 1]?.formula ?? false, signs[at + 1]?.formula ?? false];
      if (!here) return own;
      // {} keeps two exponents apart, and a command from the letters after it.
      return `${before ? '{}' : '$'}${own}${after ? '' : '$'}`;
    })
    .join('');
}

function pieceOf(sign: string, mark: string): Piece {
  const mathematics = MATHEMATICS[sign] as string | undefined;
  const [hat, accent] = [MARKS[mark] as string | undefined, ACCENTS[mark] as string | undefined];
  if (hat !== undefined) return formula(`${hat}{${mathematics ?? sign}}`);
  if (accent !== undefined) return words(`${accent}{${sign}}`);
  const [raised, lowered] = [RAISED.indexOf(sign), LOWERED.indexOf(sign)];
  if (raised >= 0) return formula(`^{${DIGITS[raised]}}`);
  if (lowered >= 0) return formula(`_{${DIGITS[lowered]}}`);
  if (mathematics !== undefined) return formula(mathematics);
  return words(`${SPECIAL[sign] ?? sign}${mark}`);
}
