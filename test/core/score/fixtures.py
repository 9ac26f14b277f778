"""Reference values for test/core/score/estimate.test.ts: `python3 test/core/score/fixtures.py > test/core/score/fixtures.json`.

Independent of the program on purpose: gao2018's (14) and (15) as printed, moments about the point and differences included, with
60 digits (mpmath); the symmetrisations of (7) as means over all permutations of the axes.
"""
import itertools
import json
import random
from mpmath import mp, mpf, exp, matrix

mp.dps = 60

# name, samples, dimension, bandwidth, points, offset of the samples, leave-one-out
CASES = [
    ("line", 12, 1, 0.7, 3, 0.0, False),
    ("plane", 40, 2, 0.6, 4, 0.0, False),
    ("plane, leave-one-out", 9, 2, 1.1, 9, 0.0, True),
    ("space", 35, 3, 1.2, 2, 0.0, False),
    ("five dimensions", 70, 5, 1.5, 2, 0.0, False),
    ("wide bandwidth", 20, 2, 1e6, 2, 0.0, False),
    ("far from the origin", 30, 2, 0.9, 2, 1000.0, False),
    ("points far from all samples", 30, 2, 1.0, 2, -40.0, False),
]


def estimate(samples, x, h):
    d = len(x)
    steps = [[mpf(s) - mpf(t) for s, t in zip(sample, x)] for sample in samples]
    weights = [exp(-sum(u * u for u in step) / (2 * mpf(h) ** 2)) for step in steps]
    m0 = sum(weights)
    m1 = matrix([sum(w * step[j] for w, step in zip(weights, steps)) / m0 for j in range(d)])
    m2 = matrix(d, d)
    for j in range(d):
        for k in range(d):
            m2[j, k] = sum(w * step[j] * step[k] for w, step in zip(weights, steps)) / m0
    inverse = (m2 - m1 * m1.T) ** -1
    return inverse * m1, mp.eye(d) / mpf(h) ** 2 - inverse


def condition(A, h):
    """Of the local covariance (I/h^2 - A)^-1."""
    values = mp.eigsy(mp.eye(A.rows) / mpf(h) ** 2 - A, eigvals_only=True)
    return float(max(values) / min(values))


def symmetrised(entry, d):
    """The tensor whose entry is the mean of `entry` over the permutations of its four indices."""
    orders = list(itertools.permutations(range(4)))
    return [sum(entry(*(index[o] for o in order)) for order in orders) / 24 for index in itertools.product(range(d), repeat=4)]


def scores(samples, x, h):
    d = len(x)
    a, A = estimate(samples, x, h)
    pure = symmetrised(lambda i, j, k, l: a[i] * a[j] * a[k] * a[l], d)
    mixed = symmetrised(lambda i, j, k, l: A[i, j] * a[k] * a[l], d)
    pairs = symmetrised(lambda i, j, k, l: A[i, j] * A[k, l], d)
    return {
        "condition": condition(A, h),
        "1": [float(-a[i]) for i in range(d)],
        "2": [float(a[i] * a[j] + A[i, j]) for i in range(d) for j in range(d)],
        "4": [float(p + 6 * m + 3 * q) for p, m, q in zip(pure, mixed, pairs)],
    }


def case(name, n, d, h, count, offset, leave_one_out):
    draw = random.Random(name)
    samples = [[round(draw.gauss(0, 1), 6) + max(offset, 0) for _ in range(d)] for _ in range(n)]
    points = samples if leave_one_out else [[round(draw.gauss(0, 1), 6) + abs(offset) for _ in range(d)] for _ in range(count)]
    rows = [scores([s for i, s in enumerate(samples) if not (leave_one_out and i == p)], x, h) for p, x in enumerate(points)]
    return {
        "name": name, "bandwidth": h, "leaveOneOut": leave_one_out, "samples": samples, "points": points,
        "condition": max(row["condition"] for row in rows),
        "scores": {order: [row[order] for row in rows] for order in ("1", "2", "4")},
    }


if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(case(*row)) for row in CASES) + "\n]")
