/** What can be exported, and as what: words of the command line, apart from what writes them. */
export const EXPORT_FORMATS = ['csv', 'json', 'parquet'] as const;
/** What a table has a row for. */
export const EXPORT_TABLES = ['trials', 'cells', 'curves'] as const;
