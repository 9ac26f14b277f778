"""Gradient descent of workload A, C or D in NumPy: start by start as a researcher would write it, and with the starts batched.

Reads the data that run.mjs wrote, prints one JSON line: seconds per iteration of both, and where the final weights are.
"""
import json
import sys
import time

import numpy as np


def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return s, s * (1.0 - s)


def softplus(z):
    return np.logaddexp(0.0, z), 1.0 / (1.0 + np.exp(-z))


ACTIVATIONS = {"sigmoid": sigmoid, "softplus": softplus}


def gradients(weights, v, x, y, activation):
    """Gradients of the mean of (f - y)^2 / 2 with f = sum of v_k activation(x w_k): (K, d) and (K)."""
    values, slopes = activation(x @ weights.T)
    residual = (values @ v - y) / len(y)
    return (residual[:, None] * slopes * v).T @ x, residual @ values


def descend_by_start(weights, v, x, y, job):
    activation = ACTIVATIONS[job["activation"]]
    for start, outputs in zip(weights, v):
        for _ in range(job["iterations"]):
            gradient, output_gradient = gradients(start, outputs, x, y, activation)
            start -= job["step"] * gradient
            if job["trainOutput"]:
                outputs -= job["step"] * output_gradient


def descend_batched(weights, v, x, y, job):
    activation = ACTIVATIONS[job["activation"]]
    starts, neurons, dimension = weights.shape
    for _ in range(job["iterations"]):
        values, slopes = activation(x @ weights.reshape(-1, dimension).T)
        values = values.reshape(len(y), starts, neurons)
        residual = (np.einsum("nlk,lk->nl", values, v) - y[:, None]) / len(y)
        coefficients = residual[:, :, None] * slopes.reshape(values.shape) * v
        gradient = coefficients.reshape(len(y), -1).T @ x
        if job["trainOutput"]:
            output_gradient = np.einsum("nl,nlk->lk", residual, values)
            v -= job["step"] * output_gradient
        weights -= job["step"] * gradient.reshape(weights.shape)


def timed(descend, first, outputs, job, x, y):
    """Seconds per iteration of the fastest repetition, and its final weights."""
    fastest = float("inf")
    for _ in range(job["repetitions"]):
        weights, v = first.copy(), outputs.copy()
        began = time.perf_counter()
        descend(weights, v, x, y, job)
        fastest = min(fastest, (time.perf_counter() - began) / job["iterations"])
    return fastest, weights


def main():
    job = json.loads(sys.argv[1])
    x = np.fromfile(job["x"]).reshape(job["samples"], job["dimension"])
    y = np.fromfile(job["y"])
    first = np.fromfile(job["weights"]).reshape(job["starts"], job["neurons"], job["dimension"])
    outputs = np.fromfile(job["outputWeights"]).reshape(job["starts"], job["neurons"])
    by_start, by_start_weights = timed(descend_by_start, first, outputs, job, x, y)
    batched, batched_weights = timed(descend_batched, first, outputs, job, x, y)
    by_start_weights.tofile(job["byStartResult"])
    batched_weights.tofile(job["batchedResult"])
    print(json.dumps({"version": np.__version__, "seconds": {"byStart": by_start, "batched": batched}}))


if __name__ == "__main__":
    main()
