import boundaries from 'eslint-plugin-boundaries';
import temporal from 'eslint-plugin-temporal';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Which rooms a room may import; itself always. Everything that is not listed is refused: imports point one way, so that a
 * room can be read, tested and replaced without the ones that use it.
 */
const MAY_IMPORT = {
  shared: [],
  workflows: ['shared'],
  platforms: ['shared'],
  store: ['shared'],
  activities: ['shared', 'platforms', 'store'],
  worker: ['shared', 'platforms', 'store', 'activities', 'workflows'],
  client: ['shared'],
  server: ['shared', 'client', 'store'],
  cli: ['shared', 'client'],
  // Two readings of the same facts must meet on the wire, so the practice platform shares no code with anybody.
  sandbox: [],
};
const OUTER_ROOMS = ['scripts', 'bench', 'chaos', 'test'];
const ROOMS = [...Object.keys(MAY_IMPORT), ...OUTER_ROOMS];

const rooms = (types) => ({ element: { types: { anyOf: types } } });
const importPolicies = [
  ...ROOMS.map((room) => ({
    from: rooms([room]),
    allow: { to: rooms([room, ...(MAY_IMPORT[room] ?? ROOMS)]) },
  })),
  // Types leave no trace in the workflow bundle; the code behind them must not get into it.
  { from: rooms(['workflows']), allow: { to: rooms(['activities']), dependency: { kind: 'type' } } },
];

/** The rules the plugin itself ranks as errors: what breaks determinism. Its advice on style is ours to take or leave. */
const DETERMINISM = Object.fromEntries(
  Object.entries(temporal.configs.recommended.rules).filter(
    ([name, severity]) => name.startsWith('temporal/workflow-') && severity === 'error',
  ),
);

const SKIPPED_TEST =
  'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(skip|only|todo|failing)$/]';

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'coverage/', '.carryover/', '**/*.js', '**/*.mjs']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries },
    settings: {
      'boundaries/elements': ROOMS.map((room) => ({ type: room, pattern: room, partialMatch: false })),
      'boundaries/root-path': import.meta.dirname,
      'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: importPolicies }],
      'boundaries/no-unknown-files': 'error',
      'max-lines': ['error', 350],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A number in a text reads the same however it is converted; objects and undefined stay refused.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // An interface that promises (activities, route handlers) is also kept by a body that has nothing to wait for; `async`
      // turns its throws into rejections.
      '@typescript-eslint/require-await': 'off',
      // The MongoDB driver's types name classes where plain option objects are meant.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `Record<never, never>` says on purpose that an event carries nothing.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
    },
  },
  {
    files: ['workflows/**/*.ts'],
    plugins: { temporal },
    rules: {
      ...DETERMINISM,
      // Both judge by the text alone. Handlers that are async functions count as floating promises for the first
      // (`@typescript-eslint/no-floating-promises` knows better); the second does not see options built elsewhere, and the SDK
      // refuses a proxy without a timeout when the workflow is loaded.
      'temporal/workflow-no-floating-promises': 'off',
      'temporal/workflow-require-activity-timeouts': 'off',
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*'], message: 'A workflow reaches the world only through activities.' }],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'require', 'fetch'],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', { selector: SKIPPED_TEST, message: 'No skipped and no lone tests.' }],
      // Jest's asymmetric matchers and parsed JSON are `any`; a test asserts on them instead of typing them.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
