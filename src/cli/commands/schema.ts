import { studyJsonSchema } from '../../studyfile/schema.js';
import { printJson } from '../output.js';

/** `basin schema`: the JSON Schema of study files, for editors. */
export const act = () => () => {
  printJson(studyJsonSchema());
};
