"""Online SGD of a soft committee machine, erf(z/sqrt 2), batch 1, in a loop of NumPy calls; squared loss, no noise.

Usage: online_numpy.py W0.npy U.npy X.npy STEP_SIZE STEPS. Prints JSON: CPU seconds per step on samples of NumPy's own
generator, drawn 100 steps at once, and the rows after one step on each sample of X.
"""

import json
import math
import sys
import time

import numpy as np

DRAWN = 100
SLOPE = math.sqrt(2 / math.pi)


class Descent:
    def __init__(self, start, teacher, step_size):
        self.rows = len(start)
        self.all = np.concatenate([start, teacher])
        self.signs = np.repeat([1.0, -1.0], [self.rows, len(teacher)])
        self.step_size = step_size
        self.move = np.empty_like(start)
        self.student = self.all[: self.rows]

    def step(self, x):
        z = self.all @ x
        residual = self.signs @ [math.erf(t * math.sqrt(0.5)) for t in z]
        own = z[: self.rows]
        factors = (self.step_size * residual * SLOPE) * np.exp(-0.5 * own * own)
        np.multiply(factors[:, None], x, out=self.move)
        self.student -= self.move


def main():
    start, teacher, samples = (np.load(name) for name in sys.argv[1:4])
    step_size, steps = float(sys.argv[4]), int(sys.argv[5])
    verified = Descent(start, teacher, step_size)
    for x in samples:
        verified.step(x)
    timed = Descent(start, teacher, step_size)
    generator = np.random.default_rng(1)
    drawn = np.empty((DRAWN, start.shape[1]))
    begin = time.process_time()
    for _ in range(steps // DRAWN):
        generator.standard_normal(out=drawn)
        for x in drawn:
            timed.step(x)
    seconds = (time.process_time() - begin) / (steps // DRAWN * DRAWN)
    print(json.dumps({"seconds": seconds, "weights": verified.student.ravel().tolist()}))


main()
