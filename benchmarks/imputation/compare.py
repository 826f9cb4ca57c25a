#!/usr/bin/env python3
"""How well gaps are filled: Mixtura against scikit-learn's IterativeImputer.

Makes holes completely at random in a complete table, has both programs fill them, and prints the root mean squared error of the
filled cells in standard deviations of their columns, for several seeds. Needs numpy and scikit-learn.

    python3 compare.py path/to/mixtura ../../examples/iris.csv ../../examples/wine.csv
"""

import csv
import os
import subprocess
import sys
import tempfile

import numpy as np
import sklearn
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer

SHARE = 0.3
SEEDS = range(10)
COVARIANCES = "full,tied,diag"


def read(path):
    with open(path) as file:
        rows = list(csv.reader(file))
    # The last column is the class.
    return rows[0][:-1], np.array([[float(x) for x in row[:-1]] for row in rows[1:]])


def mixtura(program, names, gapped, folder):
    data, model, out = (os.path.join(folder, name) for name in ("data.csv", "model.json", "whole.csv"))
    with open(data, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([["" if np.isnan(x) else repr(float(x)) for x in row] for row in gapped])
    fit = ["fit", data, "--missing", "exact", "--covariance", COVARIANCES, "--model", model, "-q"]
    subprocess.run([program, *fit], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([program, "impute", model, data, "--out", out, "-q"], check=True)
    with open(out) as file:
        rows = list(csv.DictReader(file))
    return np.array([[float(row[name + "_filled"]) for name in names] for row in rows])


def main(program, *files):
    print("scikit-learn", sklearn.__version__)
    for path in files:
        names, whole = read(path)
        scale = whole.std(axis=0)
        results = []
        for seed in SEEDS:
            holes = np.random.default_rng(seed).random(whole.shape) < SHARE
            gapped = np.where(holes, np.nan, whole)
            with tempfile.TemporaryDirectory() as folder:
                ours = mixtura(program, names, gapped, folder)
            theirs = IterativeImputer(max_iter=100, random_state=0).fit_transform(gapped)
            error = [np.sqrt(np.mean(((filled - whole) / scale)[holes] ** 2)) for filled in (ours, theirs)]
            results.append(error)
            print(os.path.basename(path), "seed", seed, "mixtura %.4f  IterativeImputer %.4f" % tuple(error), flush=True)
        mean = np.mean(results, axis=0)
        print(os.path.basename(path), "mean  ", "mixtura %.4f  IterativeImputer %.4f" % tuple(mean))


if __name__ == "__main__":
    main(*sys.argv[1:])
