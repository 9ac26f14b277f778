"""`basin_read_facts.py FOLDER READER NOTEBOOK`: compares what basin_read.py makes of the studies `odd` and `study` in FOLDER with
the exports beside them, to the bit, and runs the code of a notebook in FOLDER. Prints as JSON what differs, and what the
notebook computed.
"""
import json
import os
import struct
import sys

FOLDER, READER, NOTEBOOK = sys.argv[1:]
sys.path.insert(0, READER)

import basin_read  # noqa: E402


def bits(value):
    return None if value is None or value != value else struct.pack('>d', value).hex()


def lists(frame):
    return {name: list(frame[name]) for name in frame.columns}


def differences(ours, exported):
    """Columns that differ; a setting is compared where the store holds it."""
    found = []
    for name, values in ours.items():
        pairs = list(zip(values, exported[name]))
        if name == 'seconds' or name.startswith('measures.'):
            same = all(bits(a) == bits(b) for a, b in pairs)
        elif name.startswith('settings.'):
            same = all(a is None or a != a or str(a) == str(b) or float(a) == float(b) for a, b in pairs)
        else:
            same = all(a == b or (a is None or a != a) and (b is None or b != b) for a, b in pairs)
        if not same or len(values) != len(exported[name]):
            found.append(name)
    return found


def curves_differ(study, exported):
    points = {}
    for row in exported.to_dict('records'):
        points.setdefault((row['curve'], row['address']), []).append((row['at'], row['value']))
    for name in ('loss', 'error'):
        at, values = study.curves('iteration'), study.curves(name)
        for address, array in values.items():
            wanted = points.pop((name, address))
            if [bits(v) for v in array] != [bits(v) for _, v in wanted] or list(at[address]) != [a for a, _ in wanted]:
                return f'{name} {address}'
    return sorted(map(str, points))


def run(notebook):
    """The code cells one after the other, in one namespace, as a notebook runs them."""
    with open(notebook, encoding='utf-8') as file:
        cells = json.load(file)['cells']
    names = {}
    for cell in cells:
        if cell['cell_type'] == 'code':
            exec(compile(''.join(cell['source']), notebook, 'exec'), names)
    return names


def compared(name):
    """What differs between the trials of a study and its exports, by reader and format; and the last two tables."""
    found = {}
    with basin_read.Study(name) as study:
        for frames in basin_read.FRAMES:
            for kind in ('csv', 'parquet'):
                ours, exported = lists(study.trials(frames)), lists(basin_read.table(f'{name}.{kind}', frames))
                found[f'{frames} {kind}'] = [len(ours['address']), *differences(ours, exported)]
    return found, ours, exported


def refused(call, *arguments):
    try:
        call(*arguments)
    except ValueError as error:
        return str(error)


os.chdir(FOLDER)
odd = compared('odd')[0]
ran, ours, exported = compared('study')
with basin_read.Study('study') as study:
    curves = curves_differ(study, basin_read.table('curves.csv'))
    names = study.curve_names()
with basin_read.Study('first') as study:
    builds = [sorted(set(map(str, study.trials(frames)['build']))) for frames in basin_read.FRAMES]
with basin_read.Study('damaged') as study:
    damaged = refused(study.trials)
moved = {**ours, 'measures.finalLoss': [1.0, *ours['measures.finalLoss'][1:]]}
json_tables = [len(basin_read.table('cells.json', frames)['measures.estimationError.value']) for frames in basin_read.FRAMES]
notebook = run(NOTEBOOK)
print(json.dumps({
    'odd': odd,
    'study': ran,
    'curves': {'names': names, 'differ': curves},
    'cells': json_tables,
    'seen': differences(moved, exported),
    'builds': builds,
    'refused': [
        refused(basin_read.Study, FOLDER),
        refused(basin_read.Study, 'text'),
        damaged,
        refused(basin_read.table, 'cells.txt'),
        refused(basin_read.table, 'cells.csv', 'numpy'),
    ],
    'notebook': {key: notebook[key] for key in ('rate', 'low', 'high', 'iterations')},
}))
