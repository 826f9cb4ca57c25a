#!/usr/bin/env python3
"""Fits by scikit-learn: scikit.py DATA K SEEDS TOL. One JSON line a fit; work in passes, k-means distances 1.5/d each."""
import json
import os
import sys
import time

import numpy as np
from sklearn.mixture import GaussianMixture

data, k, seeds, tol = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
x = np.load(data + ".npy")
test = np.load(data + ".test.npy") if os.path.exists(data + ".test.npy") else None
for seed in range(seeds):
    cpu, wall = time.process_time(), time.perf_counter()
    fit = GaussianMixture(k, tol=tol, max_iter=100 if tol >= 1e-3 else 1000, random_state=seed).fit(x)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(
        json.dumps(
            dict(
                seed=seed,
                log_likelihood=fit.score(x),
                test=None if test is None else fit.score(test),
                passes=int(fit.n_iter_),
                cpu=cpu,
                wall=wall,
            )
        ),
        flush=True,
    )
