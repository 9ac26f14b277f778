/** The platforms for which a release has compiled parts, and the tools that make them on a Debian machine. */
const GNU = (/** @type {string} */ prefix) => ({
  compiler: `${prefix}gcc`,
  cxx: `${prefix}g++`,
  readelf: `${prefix}readelf`,
  strip: `${prefix}strip`,
});

/**
 * OpenBLAS has kernels for every processor since 2004. Of those before AVX2 the package has one: the others are this one
 * under their names, and are not linked.
 */
const BEFORE_AVX2 = [
  'CORE2',
  'PENRYN',
  'DUNNINGTON',
  'NEHALEM',
  'OPTERON',
  'OPTERON_SSE3',
  'BARCELONA',
  'BOBCAT',
  'ATOM',
  'NANO',
  'SANDYBRIDGE',
  'BULLDOZER',
  'PILEDRIVER',
  'STEAMROLLER',
  'EXCAVATOR',
];

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {{ os: string[], cpu: string[], libc: string[] }} only where npm installs the package
 * @property {{ compiler: string, cxx: string, readelf: string, strip: string }} tools
 * @property {string} debian the architecture of Debian's packages
 * @property {string} openblas the static library in Debian's libopenblas-pthread-dev
 * @property {string[]} link
 */

/** @type {readonly Target[]} */
export const TARGETS = [
  {
    name: 'linux-x64-gnu',
    only: { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    tools: GNU('x86_64-linux-gnu-'),
    debian: 'amd64',
    openblas: 'usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.a',
    link: BEFORE_AVX2.map((core) => `-Wl,--defsym=gotoblas_${core}=gotoblas_PRESCOTT`),
  },
  {
    name: 'linux-arm64-gnu',
    only: { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
    tools: GNU('aarch64-linux-gnu-'),
    debian: 'arm64',
    openblas: 'usr/lib/aarch64-linux-gnu/openblas-pthread/libopenblas.a',
    link: [],
  },
];

/** The versions of Node for which better-sqlite3 is compiled: every one that is alive. The addon needs none of them. */
export const NODES = [20, 22, 24, 26];
