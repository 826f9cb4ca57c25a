#!/usr/bin/env python3
"""Measures Mixtura beside other programs and writes docs/benchmarks.md with its picture.

WORK holds what setup.sh put there. Results are kept in WORK/results.json, section by section, so that one can be measured
again alone; the page is written from all that is there after every step.
"""
import argparse
import datetime
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

import page
from programs import ROOT, Programs, seconds

ALL = 10**9
# Per workload: rows for scikit-learn, and for the slow peers.
ROWS = {
    "2-8": (ALL, 50_000),
    "16-32": (ALL, 10_000),
    "64-64": (20_000, 4_000),
    "128-16": (20_000, 4_000),
    "8-512": (10_000, 3_000),
    "16-64-diagonal": (200_000, 10_000),
}
# Workload, components, rows: K·D² from a quarter of a million to a million.
MEMORY = [("64-64", 64, 100_000), ("128-16", 16, 50_000), ("64-64", 244, 100_000), ("128-16", 61, 50_000)]
# MB. Tried from the third on, down as long as it is enough, or up until it is.
HEAPS = (24, 40, 56, 64, 72, 80, 96, 128)


def per_row(result, rows):
    """Median nanoseconds per row."""
    return statistics.median(result["seconds"]) / min(rows, result.get("rows", rows)) * 1e9


class Comparison:
    def __init__(self, programs, chosen, rounds, results, save):
        self.programs = programs
        self.chosen = chosen
        self.rounds = rounds
        self.results = results
        self.save = save

    def workloads(self):
        return [name for name in self.chosen if os.path.isdir(self.programs.folder(name))]

    def take(self, section):
        """What the section found, from scratch, or for the chosen workloads alone."""
        found = self.results.setdefault(section, {})
        if len(self.chosen) == len(ROWS):
            found.clear()
        getattr(self, section)(found)
        self.results["taken"][section] = dict(
            date=datetime.date.today().isoformat(),
            load=round(os.getloadavg()[0], 1),
            cpu=self.programs.cpu,
            threads=self.programs.threads,
            rounds=self.rounds,
        )
        self.save()

    def note(self, *what):
        print(*what, flush=True)
        self.save()

    def machine(self, found):
        found.update(self.programs.java("org.mixtura.benchmarks.Ceiling", threads=1))
        self.note("machine", found)

    def em(self, found):
        """Round after round Mixtura, oneDAL, and Mixtura on one thread, back to back."""
        for turn in range(self.rounds):
            for name in self.workloads():
                meta = self.programs.meta(name)
                n = meta["rows"]
                if turn == 0:
                    found[name] = dict(meta=meta, mixtura=[], onedal=[], single=[])
                workload = found[name]
                ours = self.programs.mixtura(name, self.programs.threads)
                peer = self.programs.onedal(name)
                if not ours:
                    continue
                workload["mixtura"].append(per_row(ours, n))
                workload["onedal"].append(per_row(peer, n) if peer else None)
                if self.programs.threads > 1 and meta["columns"] >= 16:
                    single = self.programs.mixtura(name, 1)
                    workload["single"].append(per_row(single, n) if single else None)
                workload["log_likelihoods"] = [ours["mean_log_likelihood"], peer and peer["mean_log_likelihood"]]
                found["kernels"] = ours["kernels"]
                self.note("em", turn + 1, name, {key: workload[key] for key in ("mixtura", "onedal", "single")})

    def scikit_learn(self, found):
        for name in self.workloads():
            ways = self.programs.scikit_learn(name, "em", ROWS[name][0])
            n = self.programs.meta(name)["rows"]
            found[name] = {way: per_row(result, n) for way, result in ways.items()}
            self.note("scikit-learn", name, found[name])

    def jvm(self, found):
        """The peers on the JVM, and Armadillo."""
        for name in self.workloads():
            meta = self.programs.meta(name)
            rows = ROWS[name][1]
            full = meta["covariances"] == "full"
            peers = found[name] = {}
            mains = ["ElkiPeer", "CommonsMathPeer"] if full else ["ElkiPeer", "WekaPeer"]
            # Spark adds 2.2e-16 to every density: beyond some twenty columns all rows look alike and its fits stop at once.
            if full and meta["columns"] < 20:
                mains.append("SparkPeer")
            for main in mains:
                result = self.programs.jvm(main, name, rows)
                if result:
                    peers[main.replace("Peer", "")] = per_row(result, meta["rows"])
                self.note("jvm", name, peers)
            result = self.programs.armadillo(name, rows)
            if result:
                peers["Armadillo"] = per_row(result, meta["rows"])
            self.note("jvm", name, peers)

    def scoring(self, found):
        n = self.programs.meta("scoring")["rows"]
        found["mixtura"] = [
            per_row(self.programs.mixtura("scoring", self.programs.threads, "score"), n) for _ in range(self.rounds)
        ]
        ways = self.programs.scikit_learn("scoring", "score", ALL)
        found["scikit_learn"] = {way: per_row(result, n) for way, result in ways.items()}
        self.note("scoring", found)

    def memory(self, found):
        """The smallest heap beyond the rows in which EM ran."""
        for name, components, rows in MEMORY:
            meta = self.programs.meta(name)
            data = rows * meta["columns"] * 8 / 2**20
            arguments = self.programs.folder(name), components, self.programs.threads, rows

            def enough(heap):
                options = [f"-Xmx{round(data) + heap}m", "-Xmn4m"]
                return self.programs.java(
                    "org.mixtura.benchmarks.MemoryUse", *arguments, options=options, limit=60, quiet=True
                )

            at = 2
            step = -1 if enough(HEAPS[at]) else 1
            while 0 <= at + step < len(HEAPS) and bool(enough(HEAPS[at + step])) == (step < 0):
                at += step
            at = at if step < 0 else at + 1
            key = f"{meta['columns']}-{components}"
            if at < len(HEAPS):
                found[key] = dict(data=data, beyond=HEAPS[at])
            self.note("memory", key, found.get(key))

    def phases(self, found):
        for name in self.workloads():
            result = self.programs.java("org.mixtura.simd.PhaseTimes", self.programs.folder(name), 3, 4, threads=1)
            if result:
                found[name] = dict(result, meta=self.programs.meta(name))
            self.note("phases", name, result)

    def kernels(self, found):
        """JMH: the kernels alone, plain and vector, and the log-density of one point."""
        target = f"{ROOT}/benchmarks/target"
        with tempfile.TemporaryDirectory() as folder:
            report = f"{folder}/jmh.json"
            for which, extra in (("KernelBenchmark.(accumulate|score)", []), ("PointBenchmark", ["-prof", "gc"])):
                command = ["java", "-cp", f"{target}/classes:{target}/lib/*", "org.openjdk.jmh.Main", which, *extra]
                command += ["-wi", "4", "-w", "1", "-i", "3", "-r", "1", "-f", "1", "-rf", "json", "-rff", report]
                subprocess.run(command, capture_output=True, timeout=600)
                with open(report) as file:
                    runs = json.load(file)
                for run in runs:
                    parameters = f"{run['params'].get('kernels', '')} {run['params']['shape']}".strip()
                    found[f"{run['benchmark'].split('.')[-2]}.{run['benchmark'].split('.')[-1]} {parameters}"] = dict(
                        score=run["primaryMetric"]["score"],
                        error=float(run["primaryMetric"]["scoreError"]),
                        bytes=next(
                            (m["score"] for k, m in run["secondaryMetrics"].items() if k.endswith("alloc.rate.norm")), None
                        ),
                    )
                self.note("kernels", which, len(runs))

    def command(self, found):
        """From shell to prompt, as the kernels are chosen and with the plain ones alone, by turns."""
        with tempfile.TemporaryDirectory() as folder:
            table = f"{folder}/rows.csv"
            source = random.Random(7)
            with open(table, "w") as out:
                out.write("a,b,c,d\n")
                for _ in range(10_000):
                    centre = 4 * source.randrange(5)
                    out.write(",".join(f"{source.gauss(centre, 1):.6f}" for _ in range(4)) + "\n")
            fit = [f"{ROOT}/mixtura", "fit", table, "--components", "5", "--seed", "1"]
            seconds(fit)
            times = dict(chosen=[], plain=[])
            for _ in range(7):
                times["chosen"].append(seconds(fit))
                times["plain"].append(seconds(fit, MIXTURA_JVM="-Dmixtura.kernels=plain"))
            found.update({key: [t for t in taken if t] for key, taken in times.items()})
        self.note("command", found)


SECTIONS = ("machine", "em", "scikit_learn", "jvm", "scoring", "memory", "phases", "kernels", "command")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", help="the folder that setup.sh filled")
    parser.add_argument("--rounds", type=int, default=3, help="of Mixtura and oneDAL, by turns (default 3)")
    parser.add_argument("--only", help="sections, separated by commas: " + ", ".join(SECTIONS))
    parser.add_argument("--workloads", help="separated by commas: " + ", ".join(ROWS))
    parser.add_argument("--cpu", action="store_true", help="for a busy machine: processor time, on one thread each")
    parser.add_argument("--page", action="store_true", help="measure nothing, only write the page")
    options = parser.parse_args()
    work = os.path.abspath(options.work)
    wanted = options.only.split(",") if options.only else SECTIONS
    for section in wanted:
        if section not in SECTIONS:
            parser.error(f"no section {section}; there are " + ", ".join(SECTIONS))
    chosen = options.workloads.split(",") if options.workloads else list(ROWS)
    for name in chosen:
        if name not in ROWS:
            parser.error(f"no workload {name}; there are " + ", ".join(ROWS))
    file = f"{work}/results.json"
    results = dict(taken={})
    if os.path.exists(file):
        with open(file) as old:
            results = json.load(old)

    def save():
        with open(file + ".new", "w") as out:
            json.dump(results, out, indent=1)
        shutil.move(file + ".new", file)
        page.write(results, f"{ROOT}/docs")

    comparison = Comparison(Programs(work, options.cpu), chosen, options.rounds, results, save)
    for section in () if options.page else wanted:
        try:
            comparison.take(section)
        except Exception as problem:  # The other sections are worth having all the same.
            print(f"{section} failed: {problem!r}", file=sys.stderr)
    save()


if __name__ == "__main__":
    main()
