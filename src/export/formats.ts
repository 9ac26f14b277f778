/**
 * The formats and tables of an export, as the command line names them. They are separate from the code that writes
 * them.
 */
export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const;
/** What a row of the table stands for. */
export const EXPORT_TABLES = ['trials', 'cells', 'curves'] as const;
