#!/usr/bin/env python3
"""Measures Mixtura beside other programs and writes docs/benchmarks.md: compare.py WORK [rounds [cpu]]

WORK holds what setup.sh put there. For each workload every round runs Mixtura, then each peer, back to back; a ratio is
taken within its round, and the median of the rounds is shown. Slow peers run once, on fewer rows, and are compared per row.
With "cpu", for a busy machine, all run on one thread and the time is that which they had a processor.
"""
import datetime
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORK = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
CPU = sys.argv[3:] == ["cpu"]
THREADS = 1 if CPU else 2
LIMIT = 300
MEASURES = {
    False: "Wall time on two threads.",
    True: "The machine was busy with other work, so this is processor time on one thread each, the least of several; caches and"
    " memory were shared with others all the same.",
}
ALL = 10**9

# Per workload: rows for scikit-learn, for the peers on the JVM, and the bars (oneDAL, scikit-learn, share of peak, JVM).
WORKLOADS = {
    "2-8": (ALL, 50_000, (4, 90, None, 50)),
    "16-32": (ALL, 20_000, (3, 15, 0.40, 50)),
    "64-64": (20_000, 5_000, (3, 14, 0.65, 15)),
    "128-16": (20_000, 5_000, (3, 7, 0.70, None)),
    "8-512": (10_000, 5_000, (4, 40, 0.20, 50)),
    "16-64-diagonal": (200_000, 20_000, (2, 12, None, 50)),
}


def last_json(command, threads, **environment):
    env = dict(os.environ, **environment, MEASURE="cpu" if CPU else "wall")
    for key in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        env[key] = str(threads)
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1].replace("NaN", "null")) if lines else None


def java(main, *arguments):
    target = f"{ROOT}/benchmarks/target"
    path = f"{target}/classes:{target}/lib/*"
    options = ["-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-Dmixtura.kernels=vector"]
    return ["java", *options, "-cp", path, f"org.mixtura.benchmarks.{main}", *map(str, arguments)]


def mixtura(name, threads, task="em"):
    return last_json(java("EmTimes", f"{WORK}/data/{name}", threads, task, 4), threads)


def python_peer(venv, script, name, threads, task, rows, **environment):
    command = [f"{WORK}/{venv}/bin/python", f"{HERE}/peers/{script}", f"{WORK}/data/{name}", threads, task, rows]
    return last_json(list(map(str, command)), threads, **environment)


def jvm_peer(main, name, rows):
    path = f"{WORK}/peers:{WORK}/jvm/lib/*"
    return last_json(["java", "-cp", path, main, f"{WORK}/data/{name}", str(THREADS), "em", str(rows)], THREADS)


def per_row(result, rows):
    """Nanoseconds per row: the median of wall times; the least of processor times, which noise only adds to."""
    return (min if CPU else statistics.median)(result["seconds"]) / min(rows, result.get("rows", rows)) * 1e9


def scikit_learn(name, task, rows):
    """The better of its BLAS kernels and thread counts."""
    best = None
    for threads in range(1, THREADS + 1):
        for core in ({}, {"OPENBLAS_CORETYPE": "SkylakeX"}):
            result = python_peer("venv", "scikit_learn.py", name, threads, task, rows, **core)
            if result and (best is None or min(result["seconds"]) < min(best["seconds"])):
                best = result
    return best


def cell(ratio, bar=None):
    if ratio is None:
        return "–"
    return f"{ratio:.1f}" + (f" (bar {bar})" if bar else "")


def measure(name, ceiling):
    meta = json.load(open(f"{WORK}/data/{name}/meta.json"))
    n, d, k = meta["rows"], meta["columns"], meta["components"]
    sklearn_rows, jvm_rows, bars = WORKLOADS[name]
    ours, onedal, against = [], [], []
    single = None if CPU else per_row(mixtura(name, 1), n)
    for _ in range(ROUNDS):
        two = mixtura(name, THREADS)
        peer = python_peer("venvdaal", "onedal.py", name, THREADS, "em", ALL)
        ours.append(per_row(two, n))
        if peer:
            onedal.append(per_row(peer, n))
            against.append(onedal[-1] / ours[-1])
    time = statistics.median(ours)
    print(name, "mixtura ns/row", ours, single, "oneDAL", onedal, flush=True)
    slow = scikit_learn(name, "em", sklearn_rows)
    print(name, "scikit-learn", slow, flush=True)
    others = {}
    for main in ("ElkiPeer", "CommonsMathPeer") if meta["covariances"] == "full" else ("ElkiPeer", "WekaPeer"):
        result = jvm_peer(main, name, jvm_rows)
        if result:
            others[main.replace("Peer", "")] = per_row(result, n)
    if os.path.exists(f"{WORK}/armadillo"):
        result = last_json([f"{WORK}/armadillo", f"{WORK}/data/{name}", str(THREADS), "em", str(jvm_rows)], THREADS)
        if result:
            others["Armadillo"] = per_row(result, n)
    print(name, "others", others, flush=True)
    flops = k * 2 * d * d / time
    on_jvm = [v for key, v in others.items() if key != "Armadillo"]
    row = [
        f"{n:,} × {d}, K {k}" + (", diagonal" if meta["covariances"] == "diagonal" else ""),
        f"{time * n / 1e6:.1f}",
        f"{time / k:.2f}",
        cell(statistics.median(against) if against else None, bars[0]),
        cell(per_row(slow, n) / time if slow else None, bars[1]),
        f"{flops / (THREADS * ceiling['gigaflops']) * 100:.0f} %" + (f" (bar {bars[2] * 100:.0f} %)" if bars[2] else "")
        if meta["covariances"] == "full"
        else "–",
        cell(min(on_jvm) / time if on_jvm else None, bars[3]),
        ", ".join(f"{key} {value / time:.0f}" for key, value in sorted(others.items())) or "–",
        f"{single / time:.2f}" if single else "–",
        f"{two['megabytes_beyond_data']:.0f}",
    ]
    return "| " + " | ".join(row) + " |", two, peer, slow


def scoring():
    rows = 200_000
    ours = mixtura("16-32", THREADS, "score")
    theirs = scikit_learn("16-32", "score", rows)
    return per_row(ours, rows), per_row(theirs, rows)


def processor():
    text = open("/proc/cpuinfo").read()
    name = re.search(r"model name\s*: (.*)", text)
    widths = [w for w in ("avx512f", "avx2") if w in text]
    return (name.group(1) if name else "unknown") + (f" ({widths[0]})" if widths else "")


def main():
    ceiling = last_json(java("Ceiling"), 1)
    print(ceiling, flush=True)
    lines, kernels, checks = [], "", []
    names = [name for name in WORKLOADS if os.path.isdir(f"{WORK}/data/{name}")]
    for name in names:
        line, two, peer, slow = measure(name, ceiling)
        lines.append(line)
        kernels = two["kernels"]
        print(line, flush=True)
        checks.append((name, two["mean_log_likelihood"], peer and peer["mean_log_likelihood"]))
        write(lines, checks, ceiling, kernels, None)
    write(lines, checks, ceiling, kernels, scoring())


def write(lines, checks, ceiling, kernels, score):
    """Writes the page, as far as the run has come."""
    java_version = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    template = open(f"{HERE}/benchmarks.md").read()
    text = template.format(
        date=datetime.date.today().isoformat(),
        processor=processor(),
        cores=os.cpu_count(),
        load=f"{os.getloadavg()[0]:.1f}",
        java=java_version,
        kernels=kernels,
        rounds=ROUNDS,
        measure=MEASURES[CPU],
        gigaflops=ceiling["gigaflops"],
        gigabytes=ceiling["gigabytes"],
        table="\n".join(lines),
        score_ours=f"{score[0]:.0f}" if score else "–",
        score_theirs=f"{score[1]:.0f}" if score else "–",
        score_ratio=f"{score[1] / score[0]:.1f}" if score else "–",
        checks="\n".join(f"| {n} | {a!r} | {b!r} |" for n, a, b in checks),
    )
    with open(f"{ROOT}/docs/benchmarks.md", "w") as out:
        out.write(text)


if __name__ == "__main__":
    main()
