"""Reads the exports in a folder with pandas, polars and DuckDB, and prints as JSON what each found.

`readers.py FOLDER PAGE`: FOLDER holds trials.csv, trials.json, trials.parquet; the Python examples of PAGE run in it as they are.
"""
import json
import os
import re
import struct
import sys

import duckdb
import pandas as pd
import polars as pl

AXES = ['inputs', 'n', 'stepSize', 'trainOutput', 'start']
KINDS = {'b': 'boolean', 'i': 'integer', 'u': 'integer', 'f': 'double'}
CSV = """read_csv('trials.csv', sample_size = -1, types = {'current': 'BOOLEAN'}, auto_type_candidates = ['BIGINT', 'DOUBLE', 'VARCHAR'])"""


def bits(value):
    return None if value is None else struct.pack('>d', value).hex()


def kind_of(name):
    """The kind of a column by what polars or DuckDB call its type."""
    if re.match(r'BOOL', name, re.I):
        return 'boolean'
    if re.match(r'(BIG|SMALL|U)?INT', name, re.I):
        return 'integer'
    return 'double' if re.match(r'(FLOAT|DOUBLE)', name, re.I) else 'text'


def facts(kinds, columns, groups):
    """What the test compares: kinds of columns, every value of measures to the bit, sizes of groups by level."""
    measures = {name: [bits(value) for value in columns[name]] for name in columns if name.startswith('measures.')}
    missing = {name: sum(value is None for value in values) for name, values in columns.items()}
    return {'kinds': kinds, 'measures': measures, 'missing': missing, 'groups': groups, 'rows': len(columns['address'])}


def with_pandas(table):
    kinds = {name: KINDS.get(dtype.kind, 'text') for name, dtype in table.dtypes.items()}
    columns = {name: [None if pd.isna(value) else value for value in table[name]] for name in table.columns}
    groups = {axis: {str(level): int(size) for level, size in table.groupby(f'settings.{axis}').size().items()} for axis in AXES}
    return facts(kinds, columns, groups)


def with_polars(table):
    kinds = {name: kind_of(str(dtype)) for name, dtype in table.schema.items()}
    groups = {axis: {str(level): size for level, size in table.group_by(f'settings.{axis}').len().iter_rows()} for axis in AXES}
    return facts(kinds, table.to_dict(as_series=False), groups)


def with_duckdb(table):
    kinds = {name: kind_of(str(dtype)) for name, dtype in zip(table.columns, table.types)}
    columns = dict(zip(table.columns, map(list, zip(*table.fetchall()))))
    count = lambda axis: table.aggregate(f'"settings.{axis}", count(*)', f'"settings.{axis}"').fetchall()
    groups = {axis: {str(level).strip('"'): size for level, size in count(axis)} for axis in AXES}
    return facts(kinds, columns, groups)


def flat_duckdb():
    """The nested columns of JSON under the names that they have in the other formats."""
    nested = duckdb.sql("FROM read_json('trials.json', sample_size = -1)")
    fields = []
    for name, dtype in zip(nested.columns, nested.types):
        if name not in ('settings', 'measures'):
            fields.append(f'"{name}"')
            continue
        fields += [f'{name}."{child}" AS "{name}.{child}"' for child, _ in dtype.children]
    return nested.project(', '.join(fields))


def examples(page):
    """What `rates` is after each Python example of a page, as rows."""
    found = []
    for code in re.findall(r'^```python\n(.*?)^```', open(page, encoding='utf8').read(), re.M | re.S):
        names = {}
        exec(code, names)
        rates = names['rates']
        if isinstance(rates, pd.DataFrame):
            found.append(rates.reset_index().values.tolist())
        else:
            found.append([list(row) for row in (rates.rows() if isinstance(rates, pl.DataFrame) else rates.fetchall())])
    return found


def main(folder, page):
    page = os.path.abspath(page)
    os.chdir(folder)
    with open('trials.json', encoding='utf8') as file:
        records = json.load(file)
    print(json.dumps({
        'pandas': {
            'csv': with_pandas(pd.read_csv('trials.csv')),
            'parquet': with_pandas(pd.read_parquet('trials.parquet')),
            'json': with_pandas(pd.json_normalize(records)),
        },
        'polars': {
            'csv': with_polars(pl.read_csv('trials.csv', infer_schema_length=None)),
            'parquet': with_polars(pl.read_parquet('trials.parquet')),
            'json': with_polars(pl.read_json('trials.json', infer_schema_length=None).unnest('settings', 'measures', separator='.')),
        },
        'duckdb': {
            'csv': with_duckdb(duckdb.sql(f'FROM {CSV}')),
            'parquet': with_duckdb(duckdb.sql("FROM 'trials.parquet'")),
            'json': with_duckdb(flat_duckdb()),
        },
        'examples': examples(page),
    }))


main(*sys.argv[1:])
