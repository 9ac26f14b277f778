/** The part of esbuild that bundle.ts uses. */
declare module 'esbuild' {
  interface Message {
    readonly text: string;
    readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
  }
  interface OnResolveResult {
    readonly path?: string;
    readonly external?: boolean;
    readonly errors?: readonly { readonly text: string }[];
  }
  interface Plugin {
    readonly name: string;
    readonly setup: (build: {
      readonly onResolve: (
        options: { readonly filter: RegExp },
        callback: (found: { readonly path: string }) => OnResolveResult | undefined,
      ) => void;
    }) => void;
  }
  interface OutputOptions {
    readonly target: string;
    readonly minifyWhitespace: boolean;
    readonly minifySyntax: boolean;
    readonly legalComments: 'none';
    readonly sourcemap: 'external' | 'inline';
    readonly sourcesContent: boolean;
    readonly logLevel: 'silent';
  }
  interface BuildOptions extends OutputOptions {
    readonly entryPoints: readonly string[];
    readonly absWorkingDir: string;
    readonly outfile: string;
    readonly bundle: true;
    readonly write: false;
    readonly metafile: true;
    readonly platform: 'node';
    readonly format: 'cjs';
    readonly tsconfigRaw: string;
    readonly define: Readonly<Record<string, string>>;
    readonly loader: Readonly<Record<string, 'text' | 'binary'>>;
    readonly plugins: readonly Plugin[];
  }
  interface BuildResult {
    readonly outputFiles: readonly [{ readonly text: string }];
    readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> };
  }
  export function transform(
    text: string,
    options: OutputOptions,
  ): Promise<{ readonly code: string; readonly map: string }>;
  export function build(options: BuildOptions): Promise<BuildResult>;
}
