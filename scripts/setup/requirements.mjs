/**
 * What the machine must have, and the commands that install it. The functions are pure: they look at the machine only
 * through `probe`.
 */

export const OLDEST_NODE = [20, 19];

/**
 * @typedef {object} Probe
 * @property {(command: string) => boolean} hasCommand
 * @property {(module: string, oldest: string) => boolean} hasModule by pkg-config
 *
 * @typedef {object} Requirement
 * @property {string} name
 * @property {(probe: Probe) => boolean} met
 * @property {string} apt
 * @property {string} dnf
 * @property {string} [brew] absent: the command line tools of macOS include it
 */

/** @param {string[][]} alternatives sets of commands, at least one of which must be complete */
const commands =
  (...alternatives) =>
  (/** @type {Probe} */ probe) =>
    alternatives.some((set) => set.every((command) => probe.hasCommand(command)));

/** @type {(module: string, oldest: string) => (probe: Probe) => boolean} */
const module_ = (module, oldest) => (probe) => probe.hasCommand('pkg-config') && probe.hasModule(module, oldest);

/** @type {readonly Requirement[]} */
export const REQUIREMENTS = [
  { name: 'git', met: commands(['git']), apt: 'git', dnf: 'git' },
  { name: 'C++ compiler', met: commands(['g++', 'gcc'], ['clang++', 'clang']), apt: 'g++', dnf: 'gcc-c++' },
  { name: 'make', met: commands(['make']), apt: 'make', dnf: 'make' },
  { name: 'python3', met: commands(['python3']), apt: 'python3', dnf: 'python3', brew: 'python' },
  { name: 'pkg-config', met: commands(['pkg-config']), apt: 'pkg-config', dnf: 'pkgconf-pkg-config', brew: 'pkgconf' },
  {
    name: 'OpenBLAS',
    met: module_('openblas', '0.3'),
    apt: 'libopenblas-dev',
    dnf: 'openblas-devel',
    brew: 'openblas',
  },
  { name: 'Highway 1.0', met: module_('libhwy', '1.0'), apt: 'libhwy-dev', dnf: 'highway-devel', brew: 'highway' },
];

/** @param {Probe} probe */
export function missingRequirements(probe) {
  return REQUIREMENTS.filter((requirement) => !requirement.met(probe));
}

/** @param {readonly Requirement[]} missing */
export function aptPackages(missing) {
  return missing.map((requirement) => requirement.apt);
}

/** @type {Record<string, (missing: readonly Requirement[]) => string>} */
const INSTALL_COMMANDS = {
  'apt-get': (missing) => `sudo apt-get update && sudo apt-get install -y ${aptPackages(missing).join(' ')}`,
  dnf: (missing) => `sudo dnf install -y ${missing.map((requirement) => requirement.dnf).join(' ')}`,
  brew: (missing) => {
    const formulas = missing.flatMap((requirement) => requirement.brew ?? []);
    const fromApple = missing.some((requirement) => requirement.brew === undefined) ? ['xcode-select --install'] : [];
    return [...fromApple, ...(formulas.length > 0 ? [`brew install ${formulas.join(' ')}`] : [])].join(' && ');
  },
};

/**
 * The install command of the package manager that this machine has. If it has none, one line for each known manager.
 * @param {readonly Requirement[]} missing
 * @param {Probe} probe
 * @returns {string[]}
 */
export function installCommands(missing, probe) {
  const present = Object.keys(INSTALL_COMMANDS).filter((manager) => probe.hasCommand(manager));
  const shown = present.length > 0 ? present.slice(0, 1) : Object.keys(INSTALL_COMMANDS);
  return shown.map((manager) => INSTALL_COMMANDS[manager](missing));
}

/**
 * @param {readonly Requirement[]} missing
 * @param {Probe} probe
 */
export function missingMessage(missing, probe) {
  const names = missing.map((requirement) => requirement.name).join(', ');
  return [`setup: missing ${names}. Install with:`, ...installCommands(missing, probe).map((line) => `  ${line}`)].join(
    '\n',
  );
}

/** @param {string} version e.g. `20.19.0` */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld ? `setup: Node.js must be ${OLDEST_NODE.join('.')} or newer, got ${version}` : undefined;
}

/**
 * The prefix of headers that a system package or a Node tarball has already installed. By default, node-gyp would
 * download them.
 * @param {readonly string[]} prefixes
 * @param {(prefix: string) => string | undefined} headersVersion module version (ABI) of the headers under a prefix
 * @param {string} abi
 */
export function headersPrefix(prefixes, headersVersion, abi) {
  return prefixes.find((prefix) => headersVersion(prefix) === abi);
}

/**
 * The makefiles of node-gyp call g++ unless the environment names another compiler.
 * @param {Probe} probe
 * @returns {Record<string, string>}
 */
export function compilerEnvironment(probe) {
  return probe.hasCommand('g++') ? {} : { CC: 'clang', CXX: 'clang++' };
}
