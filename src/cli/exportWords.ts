/** The words of `basin export`, checked while the command line is read: this file must load quickly. */
import { EXPORT_FORMATS, EXPORT_TABLES } from '../export/formats.js';
import { parseChoice } from './options.js';

export const parseTable = (text: string): (typeof EXPORT_TABLES)[number] => parseChoice('--what', text, EXPORT_TABLES);
export const parseFormat = (text: string): (typeof EXPORT_FORMATS)[number] =>
  parseChoice('--format', text, EXPORT_FORMATS);
