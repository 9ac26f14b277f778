/** What a release needs beyond the program: compilers for other processors. Installed only on request (--release). */
import { aptInstall, canInstall } from './extras.mjs';
import { probe } from './machine.mjs';

const COMPILERS = [
  { command: 'x86_64-linux-gnu-g++', packages: ['g++-x86-64-linux-gnu'] },
  { command: 'aarch64-linux-gnu-g++', packages: ['g++-aarch64-linux-gnu'] },
  // runs what was compiled for the other processor
  { command: 'qemu-aarch64-static', packages: ['qemu-user-static'] },
];
const missing = () => COMPILERS.filter(({ command }) => !probe.hasCommand(command));

export const RELEASE = [
  {
    title: 'compilers for other processors',
    isDue: () => missing().length > 0 && canInstall(),
    act: () => aptInstall(missing().flatMap(({ packages }) => packages)),
  },
];
