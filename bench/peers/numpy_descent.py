"""Gradient descent of workload A or C in NumPy: start by start as a researcher would write it, and with the starts batched.

Reads the data that run.mjs wrote, prints one JSON line: seconds per iteration of both, and where the final weights are.
"""
import json
import sys
import time

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def gradient(weights, x, y):
    """Gradient of the mean of (f - y)^2 / 2 with f = mean of sigmoid(x w_k): (K, d)."""
    s = sigmoid(x @ weights.T)
    residual = s.mean(axis=1) - y
    slopes = residual[:, None] * s * (1.0 - s) / (weights.shape[0] * len(y))
    return slopes.T @ x


def descend_by_start(weights, x, y, step, iterations):
    for start in weights:
        for _ in range(iterations):
            start -= step * gradient(start, x, y)


def descend_batched(weights, x, y, step, iterations):
    starts, neurons, dimension = weights.shape
    for _ in range(iterations):
        s = sigmoid(x @ weights.reshape(-1, dimension).T)
        residual = s.reshape(len(y), starts, neurons).mean(axis=2) - y[:, None]
        slopes = np.repeat(residual, neurons, axis=1) * s * (1.0 - s) / (neurons * len(y))
        weights -= step * (slopes.T @ x).reshape(weights.shape)


def timed(descend, first, job, x, y):
    """Seconds per iteration of the fastest repetition, and its final weights."""
    fastest = float("inf")
    for _ in range(job["repetitions"]):
        weights = first.copy()
        began = time.perf_counter()
        descend(weights, x, y, job["step"], job["iterations"])
        fastest = min(fastest, (time.perf_counter() - began) / job["iterations"])
    return fastest, weights


def main():
    job = json.loads(sys.argv[1])
    x = np.fromfile(job["x"]).reshape(job["samples"], job["dimension"])
    y = np.fromfile(job["y"])
    first = np.fromfile(job["weights"]).reshape(job["starts"], job["neurons"], job["dimension"])
    by_start, by_start_weights = timed(descend_by_start, first, job, x, y)
    batched, batched_weights = timed(descend_batched, first, job, x, y)
    by_start_weights.tofile(job["byStartResult"])
    batched_weights.tofile(job["batchedResult"])
    print(json.dumps({"version": np.__version__, "seconds": {"byStart": by_start, "batched": batched}}))


if __name__ == "__main__":
    main()
