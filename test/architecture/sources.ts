/** What the architecture rules look at: the TypeScript files of src, parsed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** relative to src, e.g. `core/kernels/native.ts` */
  readonly path: string;
  /** files of src that it imports, relative to src */
  readonly imports: readonly string[];
  /** those of its imports that are loaded with it: neither types nor what it loads later */
  readonly loaded: readonly string[];
  readonly loadedPackages: readonly string[];
  /** packages and Node modules that it imports, e.g. `node:fs` */
  readonly packages: readonly string[];
  /**
   * every identifier that names something of its own, not a member of something; with `Math.random` and the like as one
   */
  readonly names: ReadonlySet<string>;
  readonly strings: readonly string[];
  /** what it takes from node:fs by name; `*` for the whole of it, or of node:fs/promises */
  readonly fileNames: ReadonlySet<string>;
}

const FILE_MODULES = ['node:fs', 'fs', 'node:fs/promises', 'fs/promises'];

function fileNamesOf(node: ts.Node): string[] {
  const specifier = specifierOf(node);
  if (specifier === undefined || !FILE_MODULES.includes(specifier)) return [];
  if (specifier.endsWith('promises') || !ts.isImportDeclaration(node)) return ['*'];
  const bindings = node.importClause?.namedBindings;
  const named =
    bindings !== undefined && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : ['*'];
  return node.importClause?.name === undefined ? named : [...named, '*'];
}

function specifierOf(node: ts.Node): string | undefined {
  const isStatic = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
  const literal = isStatic
    ? node.moduleSpecifier
    : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
      ? node.argument.literal
      : dynamicSpecifier(node);
  return literal !== undefined && ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function dynamicSpecifier(node: ts.Node): ts.Node | undefined {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? node.arguments[0]
    : undefined;
}

/** Whether a module is loaded together with the one that says so. */
function isLoaded(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return !node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
}

/** Members that rules know by both names. */
const MEMBERS = /^(Math\.random|process\.(argv|stdout|stderr|exit|on))$/;

function nameOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && MEMBERS.test(node.getText())) return node.getText();
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) &&
    parent.name === node;
  return isMember ? undefined : node.text;
}

/** `../errors.js` imported by `core/kernels/native.ts` → `core/errors.ts`. */
function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

export function parseSource(path: string, text: string): SourceFile {
  const specifiers: string[] = [];
  const loaded: string[] = [];
  const names = new Set<string>();
  const strings: string[] = [];
  const fileNames = new Set<string>();
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) specifiers.push(specifier);
    if (specifier !== undefined && isLoaded(node)) loaded.push(specifier);
    for (const taken of fileNamesOf(node)) fileNames.add(taken);
    const name = nameOf(node);
    if (name !== undefined) names.add(name);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateTail(node)) strings.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  const isLocal = (specifier: string): boolean => specifier.startsWith('.');
  return {
    path,
    imports: specifiers.filter(isLocal).map((specifier) => resolve(path, specifier)),
    loaded: loaded.filter(isLocal).map((specifier) => resolve(path, specifier)),
    loadedPackages: loaded.filter((specifier) => !isLocal(specifier)),
    packages: specifiers.filter((specifier) => !isLocal(specifier)),
    names,
    strings,
    fileNames,
  };
}

export function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => parseSource(relative(folder, file), readFileSync(file, 'utf8')));
}
