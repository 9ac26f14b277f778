/**
 * The library's API as one page: every exported declaration of the built program, and every declaration that those
 * refer to.
 * `node scripts/api.mjs` writes the page to docs/api.md. A test compares the two, so every change of the API is
 * noticed.
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

/** The API page that belongs to the built program. */
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

/** The docstring of a variable stands at the statement that declares the variable. */
function statementOf(node) {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

/** Collects the program's declarations that other declarations refer to, until no new ones are found. */
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

/** Whether a type is derived from the words of a table. The page then shows these words instead of the type. */
function isOfTable(node) {
  return ts.isTypeAliasDeclaration(node) && node.typeParameters === undefined && node.getText().includes('typeof');
}

/** A declaration with its docstring. */
function textOf(checker, node) {
  const docs = ts.getJSDocCommentsAndTags(node).map((doc) => `${doc.getText()}\n`);
  if (!isOfTable(node)) return docs.join('') + node.getText().replace(/^export (declare )?/, '');
  const type = checker.getTypeAtLocation(node.name);
  const words = type.isUnion() ? type.types : [type];
  // The compiler chooses the order of a union itself.
  const sorted = words.map((one) => checker.typeToString(one)).toSorted();
  return `${docs.join('')}type ${node.name.text} = ${sorted.join(' | ')};`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(API_PAGE, apiPage());
