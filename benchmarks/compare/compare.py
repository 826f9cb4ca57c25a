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
    True: "The machine was busy with other work, so this is processor time on one thread each; caches and"
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
    """Median nanoseconds per row."""
    return statistics.median(result["seconds"]) / min(rows, result.get("rows", rows)) * 1e9


def scikit_learn(name, task, rows):
    """The better of its BLAS kernels and thread counts."""
    best = None
    for threads in range(1, THREADS + 1):
        for core in ({}, {"OPENBLAS_CORETYPE": "SkylakeX"}):
            result = python_peer("venv", "scikit_learn.py", name, threads, task, rows, **core)
            if result and (best is None or statistics.median(result["seconds"]) < statistics.median(best["seconds"])):
                best = result
    return best


def cell(ratio, bar=None):
    if ratio is None:
        return "–"
    return f"{ratio:.1f}" + (f" (bar {bar})" if bar else "")


def race(name, meta, results):
    """Mixtura and oneDAL, round after round."""
    n = meta["rows"]
    if not CPU:
        results["single"] = per_row(mixtura(name, 1), n)
    for _ in range(ROUNDS):
        ours = mixtura(name, THREADS)
        peer = python_peer("venvdaal", "onedal.py", name, THREADS, "em", ALL)
        results.setdefault("mixtura", []).append(per_row(ours, n))
        results.setdefault("onedal", []).append(per_row(peer, n) if peer else None)
        results["checks"] = [ours["mean_log_likelihood"], peer and peer["mean_log_likelihood"]]
        results["kernels"] = ours["kernels"]


def slow_peer(name, meta, results):
    result = scikit_learn(name, "em", WORKLOADS[name][0])
    if result:
        results["scikit_learn"] = per_row(result, meta["rows"])


def others(name, meta, results):
    n, rows = meta["rows"], WORKLOADS[name][1]
    found = results.setdefault("others", {})
    for main in ("ElkiPeer", "CommonsMathPeer") if meta["covariances"] == "full" else ("ElkiPeer", "WekaPeer"):
        result = jvm_peer(main, name, rows)
        if result:
            found[main.replace("Peer", "")] = per_row(result, n)
    if os.path.exists(f"{WORK}/armadillo"):
        result = last_json([f"{WORK}/armadillo", f"{WORK}/data/{name}", str(THREADS), "em", str(rows)], THREADS)
        if result:
            found["Armadillo"] = per_row(result, n)


def line(name, meta, results, ceiling):
    n, d, k = meta["rows"], meta["columns"], meta["components"]
    bars = WORKLOADS[name][2]
    time = statistics.median(results["mixtura"])
    against = [b / a for a, b in zip(results["mixtura"], results["onedal"]) if b]
    share = k * 2 * d * d / time / (THREADS * ceiling["gigaflops"]) * 100
    rest = results.get("others", {})
    on_jvm = [value for key, value in rest.items() if key != "Armadillo"]
    full = meta["covariances"] == "full"
    row = [
        f"{n:,} × {d}, K {k}" + ("" if full else ", diagonal"),
        f"{time * n / 1e6:.1f}",
        f"{time / k:.2f}",
        cell(statistics.median(against) if against else None, bars[0]),
        cell(results["scikit_learn"] / time if "scikit_learn" in results else None, bars[1]),
        f"{share:.0f} %" + (f" (bar {bars[2] * 100:.0f} %)" if bars[2] else "") if full else "–",
        cell(min(on_jvm) / time if on_jvm else None, bars[3]),
        ", ".join(f"{key} {value / time:.0f}" for key, value in sorted(rest.items())) or "–",
        f"{results['single'] / time:.2f}" if "single" in results else "–",
    ]
    return "| " + " | ".join(row) + " |"


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
    results = {name: {} for name in WORKLOADS if os.path.isdir(f"{WORK}/data/{name}")}
    for step in (race, slow_peer, others):
        for name in results:
            with open(f"{WORK}/data/{name}/meta.json") as file:
                meta = json.load(file)
            results[name]["meta"] = meta
            step(name, meta, results[name])
            print(step.__name__, name, results[name], flush=True)
            write(results, ceiling, None)
    write(results, ceiling, scoring())


def write(results, ceiling, score):
    """Writes the page, as far as the run has come."""
    java_version = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    done = {name: found for name, found in results.items() if "mixtura" in found}
    with open(f"{HERE}/benchmarks.md") as file:
        template = file.read()
    text = template.format(
        date=datetime.date.today().isoformat(),
        processor=processor(),
        cores=os.cpu_count(),
        load=f"{os.getloadavg()[0]:.1f}",
        java=java_version,
        kernels=next(iter(done.values()))["kernels"],
        rounds=ROUNDS,
        measure=MEASURES[CPU],
        gigaflops=ceiling["gigaflops"],
        gigabytes=ceiling["gigabytes"],
        table="\n".join(line(name, found["meta"], found, ceiling) for name, found in done.items()),
        score_ours=f"{score[0]:.0f}" if score else "–",
        score_theirs=f"{score[1]:.0f}" if score else "–",
        score_ratio=f"{score[1] / score[0]:.1f}" if score else "–",
        checks="\n".join(f"| {name} | {a!r} | {b!r} |" for name, (a, b) in ((n, f["checks"]) for n, f in done.items())),
    )
    with open(f"{ROOT}/docs/benchmarks.md", "w") as out:
        out.write(text)


if __name__ == "__main__":
    main()
