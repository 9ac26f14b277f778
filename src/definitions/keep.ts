/** Arrays that a user's trial hands out beside its measures. */
import type { Keeper } from '../experiments/keeper.js';
import { BREACH } from './guard.js';
import type { OwnContext } from './own.js';

/** What a file may be called. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Looks at what is handed out even where nobody asks for it: a trial must not fail in a replay alone. */
export function keeping(keep: Keeper | undefined): OwnContext<unknown>['keep'] {
  return (name, values, shape = [values.length]) => {
    const breach = (allowed: string): never => {
      throw new Error(`keep('${name}', …) ${BREACH}: ${allowed}`);
    };
    if (!NAME.test(name)) breach("its name must be letters, digits, '_' and '-', a letter first");
    if (!(values instanceof Float64Array)) breach('it must be given a Float64Array');
    if (shape.reduce((product, size) => product * size, 1) !== values.length)
      breach(`the shape must have ${values.length} numbers, got (${shape.join(', ')})`);
    keep?.array(name, shape, values);
  };
}
