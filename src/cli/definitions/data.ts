/**
 * Arguments and options of the commands for a user's own data. This module must load quickly, because every mistake in
 * a command line loads it.
 */
import { Command, Option } from 'commander';
import { described } from '../../base/vocabulary.js';
import { requireActivationName } from '../../core/networks/activationName.js';
import { ACTIVATION_NAMES } from '../../core/networks/activationTable.js';
import { PRECISIONS } from '../../core/descent/precisions.js';
import { SCHEDULE_SPELLINGS } from '../../core/descent/schedules.js';
import { METHODS, MOMENTUM_METHODS, USUAL_MOMENTUM } from '../../core/kernels/updates.js';
import { INITIALIZATION_LABELS } from '../../core/networks/labels.js';
import { LOSS_NAMES } from '../../core/networks/lossTable.js';
import { ARCHITECTURES } from '../../core/networks/networks.js';
import { RISK_MEANINGS } from '../../core/risk/risks.js';
import { MOST_QUADRATURE_DIMENSIONS } from '../../core/score/bounds.js';
import { SCORE_ORDERS } from '../../core/score/derivatives.js';
import { HEADER_MODES } from '../../io/header.js';
import { checked, parsePrecision, parseSeed } from '../values.js';
import { lazily, type MakeCommand } from './lazily.js';

/**
 * The option `--header`, for every command that reads tables. Each call returns a new option, as commander requires.
 */
function headerOption(): Option {
  return new Option(
    '--header <mode>',
    `first line of a .csv file: ${HEADER_MODES.join(' | ')}; yes: names of columns`,
  ).default('auto');
}

const quantities = (): Command =>
  new Command('quantities')
    .description('α, β, γ, m and ρ of an activation at given σ, by quadrature')
    .requiredOption('--activation <name>', `${ACTIVATION_NAMES}, or a formula in z`, checked(requireActivationName))
    .requiredOption('--sigma <list>', 'values of σ from 1e-6 to 1e6: 0.5,1 or 0.5:2:0.5 or logspace(0.1, 10, 5)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin quantities --activation sigmoid --sigma 0.5,1,1.5\n');

const fit = (): Command =>
  new Command('fit')
    .description('gradient descent on your own data')
    .option('--x <file>', 'inputs X (n, d), .npy or .csv')
    .option('--y <file>', 'labels y (n), .npy or .csv')
    .requiredOption('--activation <name>', `${ACTIVATION_NAMES}, or a formula in z`, checked(requireActivationName))
    .option('--loss <name>', `${LOSS_NAMES.join(' | ')}, or a formula in f and y`)
    .requiredOption('--start <file>', 'starts W0.npy: (L, K, d) or (K, d); cnn: (L, 1, m) or (1, m)')
    .option('--architecture <name>', ARCHITECTURES.join(' | '), 'fcn')
    .option('--output <name>', 'mean: f = (1/K) Σ φ; sum: f = Σ φ (default: mean)')
    .option('--v <file>', 'output weights v.npy (K) or (L, K), instead of --output')
    .option('--train-v', 'v takes steps too, from --v or what --output means')
    .requiredOption('--step-size <η|auto>', 'a number, or auto: 1/λ_max of the Hessian at each start')
    .option('--method <name>', `how a gradient becomes a step; ${described(METHODS)}`, 'gd')
    .option('--momentum <β>', `of method ${MOMENTUM_METHODS.join(' or ')} (default: ${USUAL_MOMENTUM})`)
    .option('--batch <B>', 'of method sgd: samples in a batch')
    .option('--replacement', 'of method sgd: draw samples independently; without it, every epoch takes each one once')
    .option(
      '--online',
      'of method sgd with --risk population: fresh samples in every step, --batch of them (default: 1)',
    )
    .option('--seed <N>', 'of method sgd: of its batches (default: 1)', checked(parseSeed))
    .option('--schedule <name>', `${SCHEDULE_SPELLINGS.join(' | ')}: the step size over the updates`, 'constant')
    .requiredOption('--iterations <T>', 'number of updates')
    .option('--tolerance <ε>', 'stop a start when its gradient norm is at most ε (default: never)')
    .option(
      '--precision <name>',
      `${PRECISIONS.join(' | ')}: gradients in float32 until rounding matters, float64 from there to the end`,
      checked(parsePrecision),
      'float64',
    )
    .option(
      '--trace',
      'also loss and gradient norm over the iterations, as .npy and as a picture; not with --precision mixed',
    )
    .option('--classes', 'also sort the ends into classes of minima, modulo symmetry; not with --train-v')
    .requiredOption('--out <dir>', 'where weights.npy (and v.npy) go')
    .addOption(headerOption())
    .option('--risk <name>', RISK_MEANINGS, 'empirical')
    .option('--teacher <file>', 'with --risk population: teacher U.npy (K*, d), with any number of rows')
    .option('--teacher-output <name>', 'of the teacher, as --output (default: mean)')
    .option('--teacher-v <file>', 'v*.npy (K*), instead of --teacher-output')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin fit --x X.npy --y y.npy --activation sigmoid --loss squared --start W0.npy --step-size auto --iterations 2000 --out fitted\n  basin fit --risk population --teacher U.npy --teacher-output sum --output sum --activation relu --start W0.npy --step-size 0.1 --iterations 20000 --tolerance 1e-9 --classes --out fitted\n  basin fit --x X.npy --y y.npy --activation sigmoid --loss squared --start W0.npy --step-size auto --method nesterov --momentum 0.95 --schedule cosine:2000 --iterations 2000 --out fitted\n  basin fit --x X.npy --y y.npy --activation sigmoid --loss squared --start W0.npy --step-size 0.5 --method sgd --batch 32 --iterations 20000 --out fitted\n',
    );

const init = (): Command =>
  new Command('init')
    .description('tensor initialization on your own data')
    .requiredOption('--x <file>', 'inputs X (n, d), .npy or .csv; rows ~ N(0, I)')
    .requiredOption('--y <file>', 'labels y (n), .npy or .csv')
    .requiredOption('--neurons <K>', 'hidden units; for a cnn the strides, K dividing d')
    .requiredOption('--activation <name>', `${ACTIVATION_NAMES}, or a formula in z`, checked(requireActivationName))
    .requiredOption('--labels <kind>', `${INITIALIZATION_LABELS.join(' | ')}; classification takes y in {0, 1}`)
    .option('--architecture <name>', ARCHITECTURES.join(' | '), 'fcn')
    .option('--output <name>', 'mean: f = (1/K) Σ φ; sum: f = Σ φ; signs: f = Σ v_k φ with v_k = ±1 unknown', 'mean')
    .option(
      '--mode <name>',
      'unfold: all samples, labels without what moments do not see; faithful: a random direction and a three-way split; whole: faithful without the split',
      'unfold',
    )
    .requiredOption('--seed <n>', 'of the random directions', checked(parseSeed))
    .requiredOption('--out <dir>', 'where weights.npy and v.npy go')
    .addOption(headerOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin init --x X.npy --y y.npy --neurons 3 --activation sigmoid --labels regression --seed 1 --out start\n',
    );

const hessian = (): Command =>
  new Command('hessian')
    .description('Hessian in W and its extreme eigenvalues on your own data')
    .option('--x <file>', 'inputs X (n, d), .npy or .csv')
    .option('--y <file>', 'labels y (n), .npy or .csv')
    .requiredOption('--weights <file>', 'weights W.npy: (K, d) or (1, K, d); cnn: (1, m) or (1, 1, m)')
    .requiredOption('--activation <name>', `${ACTIVATION_NAMES}, or a formula in z`, checked(requireActivationName))
    .option('--loss <name>', `${LOSS_NAMES.join(' | ')}, or a formula in f and y`)
    .option('--architecture <name>', ARCHITECTURES.join(' | '), 'fcn')
    .option('--output <name>', 'mean: f = (1/K) Σ φ; sum: f = Σ φ (default: mean)')
    .option('--v <file>', 'output weights v.npy (K), instead of --output')
    .requiredOption('--out <dir>', 'where hessian.npy goes')
    .addOption(headerOption())
    .option('--risk <name>', RISK_MEANINGS, 'empirical')
    .option('--teacher <file>', 'with --risk population: teacher U.npy (K*, d), with any number of rows')
    .option('--teacher-output <name>', 'of the teacher, as --output (default: mean)')
    .option('--teacher-v <file>', 'v*.npy (K*), instead of --teacher-output')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin hessian --x X.npy --y y.npy --weights W.npy --activation sigmoid --loss squared --out curvature\n  basin hessian --risk population --teacher U.npy --weights W.npy --activation relu --out curvature\n',
    );

const score = (): Command =>
  new Command('score')
    .description('score function S_m = (−1)^m ∇^m f / f of the density behind samples, by local likelihood (LLSFE)')
    .requiredOption('--samples <file>', 'samples X (n, d), .npy or .csv')
    .option(
      '--at <file>',
      'points P (P, d), .npy or .csv (default: the samples themselves, each with itself among the samples)',
    )
    .option('--leave-one-out', 'at the samples, each from all the others; instead of --at')
    .requiredOption('--bandwidth <h>', 'h of the weights exp(−‖X_i − x‖²/2h²), in the units of the samples')
    .requiredOption('--order <m>', SCORE_ORDERS.join(' | '))
    .option(
      '--degree <p>',
      `degree of the local polynomial for log f: 2 (closed form), or 4 (quadrature, d ≤ ${MOST_QUADRATURE_DIMENSIONS})`,
      '2',
    )
    .requiredOption('--out <file>', 'scores.npy: (P, d), (P, d, d) or (P, d, d, d, d); - for standard output')
    .addOption(headerOption())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  basin score --samples X.npy --leave-one-out --bandwidth 0.8 --order 2 --out scores.npy\n',
    );

const factorize = (): Command =>
  new Command('factorize')
    .description('KCL decomposition of a symmetric tensor: T = Σ w_i u_i⊗u_i⊗u_i')
    .requiredOption('--tensor <file>', 'T.npy (p, p, p), symmetric')
    .requiredOption('--rank <k>', 'number of terms, at most p')
    .option('--projections <L>', 'random projections diagonalised together (default: 2p)')
    .requiredOption('--seed <n>', 'of the projections', checked(parseSeed))
    .requiredOption('--out <dir>', 'where factors.npy (k, p) goes')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin factorize --tensor T.npy --rank 3 --seed 1 --out factors\n');

export const commands: readonly MakeCommand[] = [
  lazily(quantities, () => import('../commands/quantities.js')),
  lazily(fit, () => import('../commands/fit.js')),
  lazily(init, () => import('../commands/init.js')),
  lazily(hessian, () => import('../commands/hessian.js')),
  lazily(score, () => import('../commands/score.js')),
  lazily(factorize, () => import('../commands/factorize.js')),
];
