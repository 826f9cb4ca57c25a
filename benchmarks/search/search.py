#!/usr/bin/env python3
"""Prints Mixtura's search beside scikit-learn's fits: search.py WORK [TABLE ...] [--seeds N]

WORK holds what setup.sh put there; build first: ./mvnw -pl benchmarks -am package -DskipTests. Without names all tables are
run, which takes about a quarter of an hour on two quiet cores; --seeds 3 takes a third. Both programs get the same rows in
memory and two threads. Three kinds of fits are compared:

- search: Mixtura's default from N seeds, after two fits that warm the JVM up;
- plain 8: the best of 8 plain starts of Mixtura's EM with tolerance 1e-6, the same penalised objective as the search's;
- scikit-learn: its default from 4 seeds, and the best of 8 with tolerance 1e-6 (on the large tables of 2: each takes a minute).

"within 0.02" counts the seeds whose objective is no more than 0.02 nats a row below the best of plain 8 (for csep3, whose
likelihood is no more than 0.005 below the generating mixture's). Work is in passes over all rows and components, that of
the search included. Times are medians of seconds of wall time; processor time stands behind them in brackets. "÷ to the same" is
the time of scikit-learn's default fit by the time until the search, over all rows, stands where that fit ends (the median of its
seeds); "10 restarts" ten times the one by the time to the best of its seeds. A search that never gets there counts as endless.
--kernels vector has the vector kernels work on tables of every size, as pays in a JVM that lives long.
"""
import argparse
import json
import math
import os
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(os.path.dirname(os.path.dirname(HERE)), "benchmarks", "target")
THREADS = 2
TABLES = {
    "csep3": (32, True),
    "flights": (12, True),
    "rgb": (16, True),
    "diamonds": (12, False),
    "digits": (10, False),
    "breast_cancer": (6, False),
    "wine": (3, False),
}


def lines(command):
    environment = dict(os.environ, OMP_NUM_THREADS=str(THREADS), OPENBLAS_NUM_THREADS=str(THREADS))
    done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not found:
        raise SystemExit(done.stderr)
    return found


def mixtura(data, k, seeds, search, starts, warm, kernels):
    path = f"{TARGET}/classes:{TARGET}/lib/*"
    java = ["java", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp", path]
    java += [f"-Dmixtura.kernels={kernels}"] if kernels else []
    return lines([*java, "org.mixtura.benchmarks.SearchTimes", data, k, seeds, search, starts, THREADS, warm])


def median(fits, key):
    return statistics.median(fit[key] for fit in fits)


def reached(fits, level):
    """The median time at which fits were at a log-likelihood, infinite for those that never were."""
    return statistics.median(min((at for at, where in fit["climb"] if where >= level), default=math.inf) for fit in fits)


def factor(theirs, ours):
    return "never" if ours == math.inf else f"{theirs / ours:.0f}"


def test(fits):
    return "" if fits[0]["test"] is None else f"{median(fits, 'test'):.3f}"


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def compare(work, name, seeds, kernels):
    k, large = TABLES[name]
    data = f"{work}/data/{name}"
    search = mixtura(data, k, seeds, "NORMAL", 0, 2, kernels)
    plain = mixtura(data, k, 1, "NONE", 8, 0, kernels)[0]
    scikit = [f"{work}/venv/bin/python", f"{HERE}/scikit.py", data, k]
    default = lines([*scikit, 4, 1e-3])
    many = lines([*scikit, 2 if large else 8, 1e-6])
    if os.path.exists(data + ".truth"):
        with open(data + ".truth") as source:
            train, _ = map(float, source.read().split())
        good = sum(fit["log_likelihood"] > train - 0.005 for fit in search)
    else:
        good = sum(fit["objective"] > plain["objective"] - 0.02 for fit in search)
    ours, best = median(search, "passes"), max(fit["log_likelihood"] for fit in many)
    theirs = sum(fit["passes"] for fit in many) * 8 / len(many)
    wall = median(search, "wall")
    row(
        f"{name}, K {k}",
        f"{median(search, 'log_likelihood'):.3f}",
        test(search),
        f"{good} of {len(search)}",
        f"{median(default, 'log_likelihood'):.3f}",
        test(default),
        f"{best:.3f}",
        f"{ours:.0f} / {plain['passes']:.0f} / {theirs:.0f}",
        f"{wall:.2f} ({median(search, 'cpu'):.2f})",
        f"{median(default, 'wall'):.2f} ({median(default, 'cpu'):.2f})",
        factor(median(default, "wall"), reached(search, median(default, "log_likelihood"))),
        factor(10 * median(default, "wall"), reached(search, max(fit["log_likelihood"] for fit in default))),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work")
    parser.add_argument("tables", nargs="*", help=", ".join(TABLES))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--kernels", choices=["plain", "vector"])
    arguments = parser.parse_args()
    row(
        "table",
        "search: per row",
        "held out",
        "within 0.02",
        "scikit-learn default",
        "held out",
        "its best at 1e-6",
        "passes: search / plain 8 / scikit-learn 8",
        "search, s",
        "scikit-learn default, s",
        "÷ to the same",
        "10 restarts ÷ to their best",
    )
    row(*["---"] * 12)
    for name in arguments.tables or TABLES:
        compare(os.path.abspath(arguments.work), name, arguments.seeds, arguments.kernels)


if __name__ == "__main__":
    main()
