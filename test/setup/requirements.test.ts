import { describe, expect, it } from 'vitest';
import {
  REQUIREMENTS,
  compilerEnvironment,
  headersPrefix,
  installCommands,
  missingMessage,
  missingRequirements,
  nodeProblem,
  type Probe,
} from '../../scripts/setup/requirements.mjs';

const TOOLS = ['git', 'g++', 'gcc', 'make', 'python3', 'pkg-config'];

function machine(commands: readonly string[], modules: readonly string[] = ['openblas', 'libhwy']): Probe {
  return { hasCommand: (command) => commands.includes(command), hasModule: (module) => modules.includes(module) };
}

const namesMissing = (probe: Probe): string[] => missingRequirements(probe).map(({ name }) => name);

describe('missing requirements', () => {
  it('none on a complete machine, with either compiler', () => {
    expect(namesMissing(machine(TOOLS))).toEqual([]);
    expect(namesMissing(machine(['git', 'clang++', 'clang', 'make', 'python3', 'pkg-config']))).toEqual([]);
  });

  it.each([
    ['g++', 'C++ compiler'],
    ['gcc', 'C++ compiler'],
    ['make', 'make'],
    ['python3', 'python3'],
    ['git', 'git'],
  ])('without %s: %s', (tool, name) => {
    expect(namesMissing(machine(TOOLS.filter((other) => other !== tool)))).toEqual([name]);
  });

  it('a library that pkg-config does not know', () => {
    expect(namesMissing(machine(TOOLS, ['openblas']))).toEqual(['Highway 1.0']);
    expect(namesMissing(machine(TOOLS, ['libhwy']))).toEqual(['OpenBLAS']);
  });

  it('without pkg-config no library can be found', () => {
    expect(namesMissing(machine(TOOLS.filter((tool) => tool !== 'pkg-config')))).toEqual([
      'pkg-config',
      'OpenBLAS',
      'Highway 1.0',
    ]);
  });
});

describe('the command that installs them', () => {
  const apt =
    'sudo apt-get update && sudo apt-get install -y git g++ make python3 pkg-config libopenblas-dev libhwy-dev';
  const dnf = 'sudo dnf install -y git gcc-c++ make python3 pkgconf-pkg-config openblas-devel highway-devel';
  const brew = 'xcode-select --install && brew install python pkgconf openblas highway';

  it.each([
    ['apt-get', apt],
    ['dnf', dnf],
    ['brew', brew],
  ])('by %s', (manager, command) => {
    expect(installCommands(REQUIREMENTS, machine([manager]))).toEqual([command]);
  });

  it('by every manager we know when none is here', () => {
    expect(installCommands(REQUIREMENTS, machine([]))).toEqual([apt, dnf, brew]);
  });

  it('names what is missing and only that', () => {
    const probe = machine([...TOOLS, 'apt-get'], ['openblas']);
    expect(missingMessage(missingRequirements(probe), probe)).toBe(
      'setup: missing Highway 1.0. Install with:\n  sudo apt-get update && sudo apt-get install -y libhwy-dev',
    );
  });

  it('on macOS leaves Apple its own tools, and Homebrew out where they are all', () => {
    const [git, compiler] = REQUIREMENTS;
    expect(installCommands([git, compiler], machine(['brew']))).toEqual(['xcode-select --install']);
  });
});

describe('the build environment', () => {
  it('names clang only where there is no g++', () => {
    expect(compilerEnvironment(machine(['g++', 'clang++']))).toEqual({});
    expect(compilerEnvironment(machine(['clang++']))).toEqual({ CC: 'clang', CXX: 'clang++' });
  });

  it('takes the headers of this very Node and no other', () => {
    const versions: Record<string, string> = { '/opt/node': '115', '/usr': '127' };
    const find = (abi: string) =>
      headersPrefix(['/opt/node', '/usr', '/none'], (prefix: string) => versions[prefix], abi);
    expect(find('115')).toBe('/opt/node');
    expect(find('127')).toBe('/usr');
    expect(find('137')).toBeUndefined();
  });
});

it.each([
  ['18.20.4', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['20.20.2', false],
  ['22.0.0', false],
  ['24.11.1', false],
])('Node %s refused: %s', (version, refused) => {
  expect(nodeProblem(version) !== undefined).toBe(refused);
});
