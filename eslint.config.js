import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SIZE_LIMITS = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 12],
  'max-depth': ['error', 4],
  'max-params': ['error', 8],
};

const NODE_GLOBALS = Object.fromEntries(
  [
    'AbortController',
    'Buffer',
    'SharedArrayBuffer',
    'URL',
    'clearTimeout',
    'console',
    'performance',
    'process',
    'setTimeout',
  ].map((name) => [name, 'readonly']),
);

export default defineConfig(
  globalIgnores([
    'examples/own/',
    'examples/library/',
    'dist/',
    'build/',
    'coverage/',
    'node_modules/',
    'out/',
    'studies/',
  ]),
  js.configs.recommended,
  { rules: { ...SIZE_LIMITS, eqeqeq: ['error', 'always', { null: 'ignore' }] } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './src/live/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Wrong where an index may miss: reads of arrays and records are typed without undefined here, for the numerics'
      // sake.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // What a person reads may hold text of others: say.ts and output.ts make it harmless, and nothing goes past them.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/say.ts', 'src/cli/raw.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "MemberExpression[object.object.name='process'][object.property.name=/^std(out|err)$/][property.name='write']",
          message: 'Print through cli/output.ts, say through cli/say.ts.',
        },
        {
          selector: "CallExpression[callee.object.callee.name='disk'][callee.property.name='close']",
          message: 'Close through base/closing.ts: a failure to close is told, and never instead of one before.',
        },
      ],
    },
  },
  { files: ['src/base/closing.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: NODE_GLOBALS } },
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
);
