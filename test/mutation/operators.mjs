// The changes that a mutant may have: one of them, at one place of a function.
import ts from 'typescript';

const K = ts.SyntaxKind;

/** Operators and what stands for them instead. */
const SWAPPED = new Map([
  [K.LessThanToken, '<='],
  [K.LessThanEqualsToken, '<'],
  [K.GreaterThanToken, '>='],
  [K.GreaterThanEqualsToken, '>'],
  [K.EqualsEqualsEqualsToken, '!=='],
  [K.ExclamationEqualsEqualsToken, '==='],
  [K.AmpersandAmpersandToken, '||'],
  [K.BarBarToken, '&&'],
  [K.PlusToken, '-'],
  [K.MinusToken, '+'],
  [K.AsteriskToken, '/'],
  [K.SlashToken, '*'],
  [K.PercentToken, '*'],
  [K.AsteriskAsteriskToken, '*'],
  [K.PlusEqualsToken, '-='],
  [K.MinusEqualsToken, '+='],
  [K.AsteriskEqualsToken, '/='],
  [K.SlashEqualsToken, '*='],
  [K.PlusPlusToken, '--'],
  [K.MinusMinusToken, '++'],
  [K.TrueKeyword, 'false'],
  [K.FalseKeyword, 'true'],
]);

/** Members and what is called instead. */
const OTHER_MEMBER = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', some: 'every', every: 'some' };

const EMPTY_RETURNS = ['undefined', '[]', '0'];

const text = (node) => node.getText();

function swapped(node, token, kind) {
  const replacement = SWAPPED.get(token.kind);
  return replacement === undefined ? [] : [{ node: token, kind, replacement }];
}

/** Each kind of node with the changes of it: what is replaced, by what, and the kind. */
const CHANGES = {
  [K.BinaryExpression]: (node) => swapped(node, node.operatorToken, 'operator'),
  [K.TrueKeyword]: (node) => swapped(node, node, 'constant'),
  [K.FalseKeyword]: (node) => swapped(node, node, 'constant'),
  [K.NumericLiteral]: (node) =>
    ['+', '-'].map((sign) => ({ node, kind: 'number', replacement: `(${text(node)} ${sign} 1)` })),
  [K.PostfixUnaryExpression]: (node) => step(node),
  [K.PrefixUnaryExpression]: (node) =>
    node.operator === K.MinusToken ? [{ node, kind: 'sign', replacement: text(node.operand) }] : step(node),
  [K.IfStatement]: ({ expression }) => negated(expression),
  [K.WhileStatement]: ({ expression }) => negated(expression),
  [K.ConditionalExpression]: ({ condition }) => negated(condition),
  [K.ReturnStatement]: ({ expression }) => emptied(expression),
  [K.ExpressionStatement]: (node) => [{ node, kind: 'statement', replacement: ';' }],
  [K.ThrowStatement]: (node) => [{ node, kind: 'statement', replacement: ';' }],
  [K.PropertyAccessExpression]: ({ name }) => {
    const other = Object.hasOwn(OTHER_MEMBER, text(name)) ? OTHER_MEMBER[text(name)] : undefined;
    return other === undefined ? [] : [{ node: name, kind: 'call', replacement: other }];
  },
  [K.StringLiteral]: (node) => shortened(node, "''"),
  [K.NoSubstitutionTemplateLiteral]: (node) => shortened(node, "''"),
  [K.TemplateExpression]: (node) => shortened(node, "''"),
  [K.ArrayLiteralExpression]: (node) =>
    node.elements.length === 0 ? [] : [{ node, kind: 'array', replacement: '[]' }],
};

function step(node) {
  const replacement = SWAPPED.get(node.operator);
  if (replacement === undefined) return [];
  const operand = text(node.operand);
  return [
    {
      node,
      kind: 'operator',
      replacement: node.kind === K.PostfixUnaryExpression ? operand + replacement : replacement + operand,
    },
  ];
}

function negated(condition) {
  return [{ node: condition, kind: 'condition', replacement: `!(${text(condition)})` }];
}

function emptied(expression) {
  if (expression === undefined) return [];
  return EMPTY_RETURNS.filter((empty) => empty !== text(expression)).map((replacement) => ({
    node: expression,
    kind: 'return',
    replacement,
  }));
}

/** The words of a message are for people: a test that holds each of them would hold back the next better wording. */
function shortened(node, replacement) {
  if (text(node).length === 2 || (ts.isPropertyAssignment(node.parent) && node.parent.name === node)) return [];
  for (let at = node; at !== undefined && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isThrowStatement(at)) return [];
  return [{ node, kind: 'string', replacement }];
}

const isBody = (node) => node.parent !== undefined && ts.isFunctionLike(node.parent) && node.parent.body === node;

/** Functions of a file in their order: where the body starts, and whether it is a block. */
export function functionsOf(source) {
  const found = [];
  const visit = (node) => {
    if (isBody(node)) found.push({ start: node.getStart(), end: node.end, block: ts.isBlock(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** All mutants of a file: where, what stands there instead, of which kind, and in which of its functions. */
export function mutantsOf(path, code) {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
  const functions = functionsOf(source);
  const found = [];
  const visit = (node, inner) => {
    if (ts.isTypeNode(node)) return;
    const own = isBody(node)
      ? functions.findIndex(({ start, end }) => start === node.getStart() && end === node.end)
      : inner;
    if (own >= 0)
      for (const change of CHANGES[node.kind]?.(node) ?? []) found.push(described(path, source, own, change));
    ts.forEachChild(node, (child) => visit(child, own));
  };
  visit(source, -1);
  return found;
}

function described(path, source, inFunction, { node, kind, replacement }) {
  const start = node.getStart();
  return {
    path,
    start,
    end: node.end,
    line: 1 + source.getLineAndCharacterOfPosition(start).line,
    kind,
    original: text(node),
    replacement,
    inFunction,
  };
}

/** The file's text with the mutant in it. */
export const applied = (code, { start, end, replacement }) => code.slice(0, start) + replacement + code.slice(end);
