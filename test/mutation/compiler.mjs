// Whether a mutant is a program at all: one that the compiler refuses is no mutant.
import { join } from 'node:path';
import ts from 'typescript';

/** Unused names are no reason to refuse: a removed statement leaves them behind. */
const OTHERWISE = { noUnusedLocals: false, noUnusedParameters: false, noEmit: true, incremental: false };

/** Says whether a file with this text passes the compiler, beside all other files of the folder as they are. */
export function compilerOf(folder) {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const changed = new Map();
  let version = 0;
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => ({ ...options, ...OTHERWISE }),
    getScriptFileNames: () => fileNames,
    getScriptVersion: (name) => changed.get(name)?.version ?? '0',
    getScriptSnapshot: (name) => {
      const code = changed.get(name)?.code ?? ts.sys.readFile(name);
      return code === undefined ? undefined : ts.ScriptSnapshot.fromString(code);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  });
  return (path, code) => {
    const file = join(folder, path);
    changed.set(file, { code, version: String(++version) });
    const sound =
      service.getSyntacticDiagnostics(file).length === 0 && service.getSemanticDiagnostics(file).length === 0;
    changed.set(file, { version: String(++version) });
    return sound;
  };
}
