"""A study of basin as pandas or polars frames, and its curves as NumPy arrays.

    import basin_read

    study = basin_read.Study('studies/mine')
    trials = study.trials()                    # a row for each trial; study.trials('polars')
    losses = study.curves('loss')              # {address: array}
    cells = basin_read.table('cells.csv')      # what `basin export --what cells` wrote

`Study` reads the store itself, read-only, also while the study runs; basin need not be installed. Of the settings it
knows those that the store holds, which are those that differ from their defaults; `basin export` spells all of them out,
and only it has estimates with intervals. Needs NumPy, and pandas or polars.
"""
import json
import math
import os
import sqlite3
from urllib.request import pathname2url

import numpy as np

APPLICATION_ID = 0x6261736E
SCHEMAS = range(1, 6)
FIRST_WITH_ORIGINS = 2
FIRST_WITH_SETTING_VALUES = 4
FIRST_WITH_MEASURE_NAMES = 5
FRAMES = ('pandas', 'polars')


class Study:
    """The study in a folder. Raises ValueError where that holds none that this module can read."""

    def __init__(self, folder):
        self.folder = os.fspath(folder)
        self._database = _open(os.path.join(self.folder, 'basin.sqlite'))
        ((application,),) = self._read('PRAGMA application_id')
        ((schema,),) = self._read('PRAGMA user_version')
        if application != APPLICATION_ID:
            raise ValueError(f'the folder must hold a study of basin, got {self.folder}')
        if schema not in SCHEMAS:
            raise ValueError(f'the schema of the study must be one of {list(SCHEMAS)}, got {schema}: take a newer basin_read.py')
        self._values = 'setting_values' if schema >= FIRST_WITH_SETTING_VALUES else 'parameter_values'
        self._has_names = schema >= FIRST_WITH_MEASURE_NAMES
        self._has_origins = schema >= FIRST_WITH_ORIGINS
        ((self.seed, self.scale),) = self._read('SELECT seed, scale FROM study')

    def close(self):
        self._database.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def trials(self, frames='pandas'):
        """A frame with a row for each stored trial, in the order of experiments, cells and trials.

        Columns: address, experiment, settings.NAME, trial, status, seconds, measures.NAME, error, build. What is
        missing, or is not a number, is missing; infinity is infinity.
        """
        rows = list(self._rows())
        columns = {name: [row[name] for row in rows] for name in ('address', 'experiment')}
        columns.update(_spread('settings', [row['settings'] for row in rows]))
        columns.update({name: [row[name] for row in rows] for name in ('trial', 'status', 'seconds')})
        measures = _spread('measures', [row['measures'] for row in rows])
        columns.update(measures)
        columns.update({name: [row[name] for row in rows] for name in ('error', 'build')})
        return _frame(columns, {'seconds', *measures}, frames)

    def curves(self, name):
        """Recorded curves of a name, by the address of their trial, as arrays of doubles; `iteration` of a study has
        the points of `loss` and `error`."""
        found = self._read(
            'SELECT cells.experiment, cells.text, curves.trial, curves.dtype, curves.data FROM curves'
            ' JOIN cells ON cells.id = curves.cell JOIN experiments ON experiments.id = cells.experiment'
            ' WHERE curves.name = ? ORDER BY experiments.position, cells.position IS NULL, cells.position, curves.trial',
            (name,),
        )
        return {f'{experiment}/{text}#{trial}': np.frombuffer(data, dtype) for experiment, text, trial, dtype, data in found}

    def curve_names(self):
        return [name for (name,) in self._read('SELECT DISTINCT name FROM curves ORDER BY name')]

    def runs(self):
        """What is known of each run: versions, machine, command line."""
        return [json.loads(text) for (text,) in self._read('SELECT provenance FROM runs ORDER BY id')]

    def _rows(self):
        origins = self._origins()
        shared = {
            name: {key: value for key, value in json.loads(values).items() if not isinstance(value, list)}
            for name, values in self._read(f'SELECT id, {self._values} FROM experiments')
        }
        origin = 'trials.origin' if self._has_origins else 'NULL'
        names = 'trials.names' if self._has_names else 'NULL'
        found = self._read(
            'SELECT cells.experiment, cells.text, cells.settings, trials.trial, trials.status, trials.seconds,'
            f' {names}, trials.measures, trials.error, {origin} FROM trials JOIN cells ON cells.id = trials.cell'
            ' JOIN experiments ON experiments.id = cells.experiment'
            ' ORDER BY experiments.position, cells.position IS NULL, cells.position, trials.trial'
        )
        # After the rows, as a running study adds lists.
        measures_of = self._measure_reader()
        for experiment, text, settings, trial, status, seconds, names, measures, error, maker in found:
            yield {
                'address': f'{experiment}/{text}#{trial}',
                'experiment': experiment,
                'settings': {**shared[experiment], **json.loads(settings)},
                'trial': trial,
                'status': status,
                'seconds': seconds,
                'measures': {name: _known(value) for name, value in measures_of(names, measures)},
                'error': error,
                'build': origins.get(maker),
            }

    def _measure_reader(self):
        """The function from the two columns of a trial's measures to names and values. Until schema 4 they were JSON, which
        has no word for infinity and −0: they are texts that float() reads."""
        if not self._has_names:
            return lambda _, text: [(name, float(value)) for name, value in json.loads(text).items()]
        lists = {key: json.loads(text) for key, text in self._read('SELECT id, names FROM measure_names')}
        return lambda names, data: zip(lists[names], np.frombuffer(data, '<f8').tolist())

    def _origins(self):
        """The build of every maker of trials. Trials of schema 1 name no maker: theirs is the build of all runs, if it is one."""
        if not self._has_origins:
            builds = {run.get('build') for run in self.runs()}
            return {None: builds.pop() if len(builds) == 1 else None}
        return {maker: json.loads(text).get('build') for maker, text in self._read('SELECT id, origin FROM origins')}

    def _read(self, statement, values=()):
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise ValueError(f'the store of the study must be readable, got {self.folder} with: {error}') from error


def table(path, frames='pandas'):
    """A frame of a file that `basin export` wrote, .csv, .json or .parquet, with every bit of its numbers."""
    kind = os.path.splitext(path)[1]
    if kind not in ('.csv', '.json', '.parquet'):
        raise ValueError(f'an export must be .csv, .json or .parquet, got {path}')
    if _named(frames) == 'polars':
        import polars as pl

        if kind == '.csv':
            return pl.read_csv(path, infer_schema_length=None)
        return pl.read_parquet(path) if kind == '.parquet' else pl.json_normalize(_loaded(path), infer_schema_length=None)
    import pandas as pd

    if kind == '.csv':
        return pd.read_csv(path, float_precision='round_trip')
    return pd.read_parquet(path) if kind == '.parquet' else pd.json_normalize(_loaded(path))


def _loaded(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def _open(path):
    if not os.path.isfile(path):
        raise ValueError(f'the folder must hold a study of basin, got none at {path}')
    uri = f'file:{pathname2url(os.path.abspath(path))}?mode=ro'
    try:
        database = sqlite3.connect(uri, uri=True)
        database.execute('SELECT 1 FROM sqlite_master')
        return database
    except sqlite3.OperationalError:
        # In a folder where nothing can be written SQLite cannot make its side files; without a log it needs none.
        if os.path.exists(f'{path}-wal'):
            raise
        return sqlite3.connect(f'{uri}&immutable=1', uri=True)
    except sqlite3.DatabaseError as error:
        raise ValueError(f'the store of the study must be a database, got {path} with: {error}') from error


def _spread(prefix, records):
    """Records as columns, in the order in which their names come; None where a record lacks one."""
    names = dict.fromkeys(name for record in records for name in record)
    return {f'{prefix}.{name}': [record.get(name) for record in records] for name in names}


def _known(value):
    return None if math.isnan(value) else value


def _named(frames):
    if frames not in FRAMES:
        raise ValueError(f'frames must be one of {", ".join(FRAMES)}, got {frames!r}')
    return frames


def _frame(columns, doubles, frames):
    if _named(frames) == 'polars':
        import polars as pl

        return pl.DataFrame(
            [pl.Series(name, _alike(values), dtype=pl.Float64 if name in doubles else None) for name, values in columns.items()]
        )
    import pandas as pd

    return pd.DataFrame(
        {name: np.array(values, dtype=float) if name in doubles else _alike(values) for name, values in columns.items()}
    )


def _alike(values):
    """A setting that is a number here and a word there is text in every row, as in exports."""
    kinds = {isinstance(value, str) for value in values if value is not None}
    return [None if value is None else str(value) for value in values] if len(kinds) == 2 else values
