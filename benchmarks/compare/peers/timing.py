"""What the Python peers share: arguments FOLDER THREADS em|score ROWS, the workload, and the way to take times."""
import json
import os
import sys
import time

import numpy as np

FOLDER, THREADS, TASK, LIMIT = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
with open(FOLDER + "/meta.json") as file:
    META = json.load(file)
K, D, KIND = META["components"], META["columns"], META["covariances"]
ROWS = np.fromfile(FOLDER + "/rows.bin", count=min(LIMIT, META["rows"]) * D).reshape(-1, D)
MEANS = np.fromfile(FOLDER + "/means.bin").reshape(K, D)
VARIANCES = np.fromfile(FOLDER + "/variances.bin")


# On a busy machine: the time that the process had a processor, of one thread.
clock = time.process_time if os.environ.get("MEASURE") == "cpu" else time.perf_counter


def seconds(action):
    began = clock()
    action()
    return clock() - began


def report(run, log_likelihood, budget=5.0):
    """Prints seconds per iteration: fits of 1 and of 1 + more iterations from the same start, as far as the budget goes."""
    seconds(lambda: run(1))
    once = max(seconds(lambda: run(2)) / 2, 1e-4)
    more = int(max(1, min(10, budget / 4 / once)))
    repeats = int(max(1, min(5, budget / once / (more + 2))))
    times = []
    for _ in range(repeats):
        few = seconds(lambda: run(1))
        times.append((seconds(lambda: run(1 + more)) - few) / more)
    print(json.dumps(dict(seconds=times, rows=len(ROWS), mean_log_likelihood=log_likelihood())))
