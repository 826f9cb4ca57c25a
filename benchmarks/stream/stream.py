#!/usr/bin/env python3
"""A fit of more rows than memory holds: stream.py FOLDER [options]

Makes a table of Parquet in FOLDER with the project's own sampler, unless it is there, fits it with little memory, and says what
that took: the most resident memory, the passes over all rows, and their time beside that of merely reading as many bytes.
--in-memory fits the same rows in memory as well, which takes twice their size, and compares. The cache of the rows goes to FOLDER.
"""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
MIXTURA = HERE.parent.parent / "mixtura"
COMPONENTS = 16
COLUMNS = 8


def write_model(path):
    """Overlapping ellipsoids of different weights and sizes, columns in different units and far from zero."""
    r = random.Random(8)
    raw = [r.uniform(0.5, 1.5) for _ in range(COMPONENTS)]
    means = [[100 * (j + 1) + (j + 1) * r.gauss(0, 1) for j in range(COLUMNS)] for _ in raw]
    covariances = []
    for _ in raw:
        a = [
            [(j + 1) * (r.gauss(0, 0.3) if i < j else r.uniform(0.5, 1.3) if i == j else 0) for i in range(COLUMNS)]
            for j in range(COLUMNS)
        ]
        covariances.append([[sum(x * y for x, y in zip(a[i], a[j])) for j in range(COLUMNS)] for i in range(COLUMNS)])
    model = {
        "format": "mixtura-model",
        "version": 1,
        "covariance_type": "full",
        "columns": [f"x{j}" for j in range(COLUMNS)],
        "weights": [w / sum(raw) for w in raw],
        "means": means,
        "covariances": covariances,
    }
    path.write_text(json.dumps(model))


def run(*words):
    """Runs the command; gives its output, what it said besides, its seconds and its most resident bytes."""
    print("$ mixtura", *words, flush=True)
    began = time.time()
    process = subprocess.Popen(
        [str(MIXTURA), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(err)
    return out, err, time.time() - began, usage


def plain_read(file, threads, way, times=3):
    words = ["java", str(HERE / "PlainRead.java"), str(file), str(threads), way, str(times)]
    return float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


def forget(file):
    """Has the system drop what its cache holds of a file."""
    descriptor = os.open(file, os.O_RDONLY)
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def fit(folder, table, options, memory):
    model = folder / f"fit-{memory}.json"
    out, err, seconds, usage = run(
        "fit", table, "--components", COMPONENTS, "--seed", options.seed, "--threads", options.threads,
        "--memory", memory, "--temp", folder, "--format", "json", "--verbose", "--model", model,
    )  # fmt: skip
    result = json.loads(out)
    passes = re.findall(r"pass (\d+): ([\d,]+) rows, ([\d,]+) rows/s, ([\d.]+) s", err)
    times = [int(rows.replace(",", "")) / int(pace.replace(",", "")) for _, rows, pace, _ in passes]
    rows = result["data"]["rows"] if isinstance(result.get("data"), dict) else options.rows
    print(f"  peak resident memory     {usage.ru_maxrss * 1024 / 1e9:.3f} GB")
    print(f"  seconds in all           {seconds:.1f}, of processors {usage.ru_utime + usage.ru_stime:.1f}")
    print(f"  log-likelihood per row   {result['log_likelihood'] / rows:.9f}")
    print(f"  passes over all rows     {len(times)}, and two of the first look at the columns")
    for line in err.splitlines():
        if "first look" in line:
            print("  " + line)
    if times:
        print("  seconds of each          " + ", ".join(f"{t:.2f}" for t in times))
        print(f"  rows per second, median  {options.rows / sorted(times)[len(times) // 2]:,.0f}")
    return model, times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--memory", default="512m")
    parser.add_argument("--in-memory", metavar="SIZE", help="fit in this much memory too, as in 15g")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / f"rows-{options.rows}.parquet"
    if not table.exists():
        write_model(folder / "truth.json")
        _, _, seconds, usage = run("sample", folder / "truth.json", "-n", options.rows, "--seed", 1, "--out", table)
        print(f"  {seconds:.0f} s, peak resident memory {usage.ru_maxrss * 1024 / 1e9:.3f} GB")
    print(f"{table}: {table.stat().st_size / 1e9:.3f} GB; the cache has {options.rows * COLUMNS * 8 / 1e9:.3f} GB")
    scale = options.rows * COLUMNS * 8 / table.stat().st_size
    forget(table)
    print(f"  plain read from the disk: {scale * plain_read(table, options.threads, 'read', 1):.2f} s a pass")
    plain = {}
    for way in ("read", "copy", "map"):
        plain[way] = scale * plain_read(table, options.threads, way)
        print(f"  plain {way}: {plain[way]:.2f} s a pass, {options.threads} threads")
    model, times = fit(folder, table, options, options.memory)
    if times:
        print(f"  slowest pass ÷ plain read {max(times) / plain['read']:.2f}, median {sorted(times)[len(times) // 2] / plain['read']:.2f}")
    if options.in_memory:
        other, memory_times = fit(folder, table, options, options.in_memory)
        if times and memory_times:
            print(f"  passes from the cache ÷ in memory, medians: {sorted(times)[len(times) // 2] / sorted(memory_times)[len(memory_times) // 2]:.2f}")
        same = model.read_bytes() == other.read_bytes()
        print(f"the two models are {'the same bytes' if same else 'DIFFERENT'}")


main()
