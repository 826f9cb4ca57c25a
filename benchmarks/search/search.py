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

scikit-learn climbs the likelihood with 1e-6 added to all variances, Mixtura's default a penalised one, which is lower on the rows
that were fitted where components would shrink. So some tables come once more under scikit-learn's rule, "reg_covar 1e-6": the
search and plain 8 both. "thorough" is --search thorough; "plain kernels" is what the command takes for a table of that size, as
--kernels plain takes them for all.
"""
import argparse
import functools
import json
import math
import os
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(os.path.dirname(os.path.dirname(HERE)), "benchmarks", "target")
THREADS = 2
K = {"csep3": 32, "flights": 12, "rgb": 16, "diamonds": 12, "digits": 10, "breast_cancer": 6, "wine": 3}
LARGE = ("csep3", "flights", "rgb")
RIDGE = {"reg_covar": 1e-6}
# What is fitted to each table, beside the defaults.
MORE = {
    "diamonds": [{"kernels": "plain"}, RIDGE, {**RIDGE, "search": "thorough"}],
    "digits": [RIDGE],
    "breast_cancer": [RIDGE],
    "wine": [RIDGE],
}


def lines(command):
    environment = dict(os.environ, OMP_NUM_THREADS=str(THREADS), OPENBLAS_NUM_THREADS=str(THREADS))
    done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not found:
        raise SystemExit(done.stderr)
    return found


@functools.cache
def mixtura(data, k, seeds, search, starts, warm, kernels, reg_covar):
    path = f"{TARGET}/classes:{TARGET}/lib/*"
    java = ["java", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp", path]
    java += [f"-Dmixtura.kernels={kernels}"] if kernels else []
    main = "org.mixtura.benchmarks.SearchTimes"
    return lines([*java, main, data, k, seeds, search.upper(), starts, THREADS, warm, reg_covar])


@functools.cache
def scikit(work, data, k, seeds, tolerance):
    return lines([f"{work}/venv/bin/python", f"{HERE}/scikit.py", data, k, seeds, tolerance])


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


def compare(work, name, seeds, search="normal", kernels=None, reg_covar=0):
    k = K[name]
    data = f"{work}/data/{name}"
    ours = mixtura(data, k, seeds, search, 0, 2, kernels, reg_covar)
    plain = mixtura(data, k, 1, "none", 8, 0, kernels, reg_covar)[0]
    default = scikit(work, data, k, 4, 1e-3)
    many = scikit(work, data, k, 2 if name in LARGE else 8, 1e-6)
    if os.path.exists(data + ".truth"):
        with open(data + ".truth") as source:
            train, _ = map(float, source.read().split())
        good = sum(fit["log_likelihood"] > train - 0.005 for fit in ours)
    else:
        good = sum(fit["objective"] > plain["objective"] - 0.02 for fit in ours)
    theirs = sum(fit["passes"] for fit in many) * 8 / len(many)
    wall = median(default, "wall")
    how = [search] * (search != "normal") + [f"{kernels} kernels"] * (kernels is not None)
    row(
        ", ".join([name, f"K {k}"] + [f"reg_covar {reg_covar:g}"] * (reg_covar > 0) + how),
        f"{median(ours, 'log_likelihood'):.3f}",
        test(ours),
        f"{good} of {len(ours)}",
        f"{median(default, 'log_likelihood'):.3f}",
        test(default),
        f"{max(fit['log_likelihood'] for fit in many):.3f}",
        f"{median(ours, 'passes'):.0f} / {plain['passes']:.0f} / {theirs:.0f}",
        f"{median(ours, 'wall'):.2f} ({median(ours, 'cpu'):.2f})",
        f"{wall:.2f} ({median(default, 'cpu'):.2f})",
        factor(wall, reached(ours, median(default, "log_likelihood"))),
        factor(10 * wall, reached(ours, max(fit["log_likelihood"] for fit in default))),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work")
    parser.add_argument("tables", nargs="*", help=", ".join(K))
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
    everywhere = {"kernels": arguments.kernels} if arguments.kernels else {}
    for name in arguments.tables or K:
        for options in [{}, *MORE.get(name, [])]:
            compare(os.path.abspath(arguments.work), name, arguments.seeds, **{**everywhere, **options})


if __name__ == "__main__":
    main()
