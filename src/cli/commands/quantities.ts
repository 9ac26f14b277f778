import { parseActivation } from '../../core/networks/activations.js';
import { quantities, type Quantities } from '../../theory/quantities.js';
import { key, named, numeric } from '../../report/table.js';
import { typedList } from '../../settings/typedList.js';
import { parseNumber } from '../options.js';
import { print, printJson, table } from '../output.js';

interface Options {
  readonly activation: string;
  readonly sigma: string;
  readonly json?: boolean;
}

/** `basin quantities`: computes the quantities in the papers' theorems, by quadrature. */
export const act = () => (options: Options) => {
  const activation = parseActivation(options.activation);
  const rows = typedList('--sigma', options.sigma, { kind: 'number' }).map((text) =>
    quantities(activation, parseSigma(text)),
  );
  if (options.json) printJson({ activation: activation.name, rows });
  else print(describe(rows));
};

function parseSigma(text: string): number {
  return parseNumber('--sigma', text, 'numbers above 0, comma separated', (value) => value > 0);
}

function describe(rows: readonly Quantities[]): string {
  const names = [
    'σ',
    'α0',
    'α1',
    'α2',
    'β0',
    'β2',
    'γ0',
    'γ1',
    'γ2',
    'γ3',
    'γ4',
    'm1',
    'm2',
    'm3',
    'm4',
    'ρ fu2018',
    'ρ fu2019 FCN',
    'ρ fu2019 CNN',
    'ρ zhong2017',
  ];
  const values = rows.map(({ sigma, alpha, beta, gamma, m, rho }) => [
    sigma,
    ...alpha,
    ...beta,
    ...gamma,
    ...m,
    rho.fu2018,
    rho.fu2019Fcn,
    rho.fu2019Cnn,
    rho.zhong2017,
  ]);
  // Each σ gets one column: with nineteen columns, the table would not fit a terminal.
  return table(
    [key(named('')), ...rows.map(() => numeric(''))],
    names.map((name, i) => [name, ...values.map((row) => (i === 0 ? String(row[i]) : row[i].toPrecision(8)))]),
  );
}
