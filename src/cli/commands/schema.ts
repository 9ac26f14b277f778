import { studyJsonSchema } from '../../studyfile/schema.js';
import { printJson } from '../output.js';

/** `basin schema`: prints the JSON Schema of study files, for editors. */
export const act = () => () => {
  printJson(studyJsonSchema());
};
