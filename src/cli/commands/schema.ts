import { Command } from 'commander';
import { studyJsonSchema } from '../../studyfile/schema.js';
import { printJson } from '../output.js';

/** `basin schema`: the JSON Schema of study files, for editors. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('the JSON Schema of study files: editors complete and check with it')
    .addHelpText('after', '\nExample:\n  basin schema > basin-study.json\n')
    .action(() => { printJson(studyJsonSchema()); });
}
