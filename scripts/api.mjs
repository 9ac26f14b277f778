/**
 * The library's API as one page: every exported declaration of the built program, and the declarations that those name.
 * `node scripts/api.mjs` writes it to docs/api.md; a test compares the two, so that no change of the API goes unseen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const API_PAGE = join(ROOT, 'docs/api.md');
const PACKAGE = '@basin-lab/basin';

const HEAD = `# API

What \`${PACKAGE}\` exports, from its docstrings: [library.md](library.md) says how it is used. \`npm run api\` writes this page.
`;

/** The page that the built program should have. */
export function apiPage() {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const entries = Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path, { types }]) => ({ name: PACKAGE + path.slice(1), file: join(ROOT, types) }));
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: [] },
  );
  const checker = program.getTypeChecker();
  const shown = new Set();
  const sections = entries.map(({ name, file }) => {
    const source = program.getSourceFile(file);
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).toSorted(byName);
    const blocks = symbols.flatMap((symbol) => declarationsOf(checker, symbol, shown));
    return `## ${name}\n\n${blocks.map(block(checker)).join('\n')}`;
  });
  const named = namedBy(checker, shown);
  const rest = `## Named by these\n\nNot exported by name: types of what is taken and returned.\n\n${named.map(block(checker)).join('\n')}`;
  return [HEAD, ...sections, rest].join('\n');
}

const byName = (a, b) => (a.name < b.name ? -1 : 1);

function declarationsOf(checker, symbol, shown) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const fresh = (target.declarations ?? []).map(statementOf).filter((node) => !shown.has(node));
  for (const node of fresh) shown.add(node);
  return fresh;
}

/** A variable is declared within its statement, which has the docstring. */
function statementOf(node) {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

/** Declarations of the program that others name, and those that these name, until there are no more. */
function namedBy(checker, shown) {
  const own = (node) => node.getSourceFile().fileName.startsWith(join(ROOT, 'dist'));
  const found = new Map();
  const visit = (node) => {
    if (ts.isTypeQueryNode(node) || isOfTable(node)) return;
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      for (const declaration of (target?.declarations ?? []).map(statementOf)) {
        if (!own(declaration) || shown.has(declaration) || !ts.isSourceFile(declaration.parent)) continue;
        shown.add(declaration);
        found.set(`${target.name} ${found.size}`, declaration);
        visit(declaration);
      }
    }
    ts.forEachChild(node, visit);
  };
  [...shown].forEach(visit);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node);
}

const block = (checker) => (node) => `\`\`\`ts\n${textOf(checker, node)}\n\`\`\`\n`;

/** Whether a type is made of the words of a table, which are then shown in its place. */
function isOfTable(node) {
  return ts.isTypeAliasDeclaration(node) && node.typeParameters === undefined && node.getText().includes('typeof');
}

/** A declaration with its docstring. */
function textOf(checker, node) {
  const docs = ts.getJSDocCommentsAndTags(node).map((doc) => `${doc.getText()}\n`);
  if (!isOfTable(node)) return docs.join('') + node.getText().replace(/^export (declare )?/, '');
  const type = checker.getTypeAtLocation(node.name);
  const words = type.isUnion() ? type.types : [type];
  // The order of a union is the compiler's own.
  const sorted = words.map((one) => checker.typeToString(one)).toSorted();
  return `${docs.join('')}type ${node.name.text} = ${sorted.join(' | ')};`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(API_PAGE, apiPage());
