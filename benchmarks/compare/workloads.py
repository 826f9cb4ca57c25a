#!/usr/bin/env python3
"""Makes the workloads: workloads.py FOLDER [name ...]

Each is a folder of raw little-endian doubles, row by row (rows, means, variances), and meta.json. Rows come from a seeded
mixture. Every program starts from equal weights, means between K rows and the mean of all, and the variances of the columns
for each component.
"""
import json
import os
import sys

import numpy as np

# rows, columns, components, covariances, spread of the means, seed
WORKLOADS = {
    "2-8": (1_000_000, 2, 8, "full", 3.0, 101),
    "16-32": (200_000, 16, 32, "full", 0.8, 102),
    "64-64": (100_000, 64, 64, "full", 0.5, 103),
    "128-16": (50_000, 128, 16, "full", 0.4, 105),
    "8-512": (200_000, 8, 512, "full", 2.0, 106),
    "16-64-diagonal": (1_000_000, 16, 64, "diagonal", 0.8, 104),
    "scoring": (1_000_000, 16, 32, "full", 0.8, 107),
}


def make(name, folder):
    n, d, k, kind, spread, seed = WORKLOADS[name]
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.full(k, 5.0))
    means = random.normal(0, spread, (k, d))
    labels = random.choice(k, n, p=shares)
    rows = random.standard_normal((n, d))
    for c in range(k):
        if kind == "diagonal":
            root = np.diag(np.exp(random.uniform(-0.35, 0.35, d)))
        else:
            rotation, _ = np.linalg.qr(random.normal(size=(d, d)))
            root = rotation * np.exp(random.uniform(-0.35, 0.35, d))
        rows[labels == c] = rows[labels == c] @ root.T + means[c]
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    rows.tofile(path + "/rows.bin")
    # Halfway to the mean, or in many columns a component that starts at a row would own little else and collapse.
    ((rows[random.choice(n, k, replace=False)] + rows.mean(0)) / 2).tofile(path + "/means.bin")
    rows.var(0).tofile(path + "/variances.bin")
    with open(path + "/meta.json", "w") as out:
        json.dump(dict(name=name, rows=n, columns=d, components=k, covariances=kind, seed=seed), out)


if __name__ == "__main__":
    for chosen in sys.argv[2:] or WORKLOADS:
        make(chosen, sys.argv[1])
