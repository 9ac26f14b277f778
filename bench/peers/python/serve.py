"""Answers requests of the bench, one JSON line each, for all contenders that this Python has.

First line out: {"contenders", "missing", "versions", "blas"}. A request names contender, workload and iterations; the answer is
the CPU seconds of one iteration (fastest repetition) and the threads that were busy. The first request of a workload carries its job.
"""
import importlib
import json
import sys
import time

import numpy as np

import descent_numpy
import landscape_numpy


def fields(job):
    """The job with its files read: names ending in `File` become arrays of doubles."""
    return {name.removesuffix("File"): np.fromfile(value) if name.endswith("File") else value for name, value in job.items()}


def contenders():
    """(name, kind of job) -> function(job) -> function(iterations) -> final point; and why others are missing."""
    table = {
        ("dgemm", "dgemm"): dgemm,
        ("NumPy", "descent"): descent_numpy.by_start, ("NumPy batched", "descent"): descent_numpy.batched,
        ("NumPy", "landscape"): landscape_numpy.plain, ("NumPy batched", "landscape"): landscape_numpy.in_place,
    }
    versions = {"Python": sys.version.split()[0], "NumPy": np.__version__}
    missing = []
    try:
        compiled = importlib.import_module("compiled_jax")
        table |= {("JAX", "descent"): compiled.descent, ("JAX", "landscape"): compiled.landscape}
        versions["JAX"] = compiled.VERSION
    except ImportError as error:
        missing.append(f"JAX does not take part: {error}")
    return table, versions, missing


def dgemm(job):
    a, b = (np.random.default_rng(seed).standard_normal((job["size"], job["size"])) for seed in (1, 2))
    return lambda _: a @ b


def blas():
    """Kernel and threads of the BLAS that NumPy calls; one thread is required."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "unknown (no threadpoolctl)"
    (np.ones((64, 64)) @ np.ones((64, 64)))
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    if any(pool["num_threads"] != 1 for pool in pools):
        raise SystemExit(f"NumPy's BLAS has more than one thread: {pools}")
    return ", ".join(sorted({f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}".strip() for pool in pools}))


def timed(descend, iterations, seconds):
    """CPU seconds of the fastest repetition per iteration, within about `seconds`; busy threads; the last point. The first run, which may compile, is not timed."""
    final = descend(iterations)
    fastest, repetitions = float("inf"), 0
    began, busy = time.perf_counter(), time.process_time()
    while repetitions < 3 or time.process_time() - busy < seconds:
        start = time.process_time()
        final = descend(iterations)
        fastest = min(fastest, time.process_time() - start)
        repetitions += 1
    threads = (time.process_time() - busy) / (time.perf_counter() - began)
    return fastest / iterations, threads, final


def main():
    table, versions, missing = contenders()
    names = list(dict.fromkeys(name for name, kind in table if kind == "descent"))
    print(json.dumps({"contenders": names, "missing": missing, "versions": versions, "blas": blas()}), flush=True)
    jobs, descents = {}, {}
    for line in sys.stdin:
        request = json.loads(line)
        name, workload = request["contender"], request["workload"]
        if "job" in request:
            jobs[workload] = fields(request["job"])
        if (name, workload) not in descents:
            descents[name, workload] = table[name, jobs[workload]["kind"]](jobs[workload])
        seconds, threads, final = timed(descents[name, workload], request["iterations"], request["seconds"])
        if request.get("result"):
            np.ascontiguousarray(final).tofile(request["result"])
        print(json.dumps({"seconds": seconds, "threads": threads}), flush=True)


if __name__ == "__main__":
    main()
