"""Starts the programs that are measured; each prints its result as one line of JSON."""
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# What Spark's own start script opens to it.
OPENED = (
    "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent"
    " java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar"
).split()


class Programs:
    """All with the same number of threads; with "cpu", times are those that one thread had a processor."""

    def __init__(self, work, cpu):
        self.work = work
        self.cpu = cpu
        self.threads = 1 if cpu else os.cpu_count()

    def folder(self, name):
        return f"{self.work}/data/{name}"

    def meta(self, name):
        with open(f"{self.folder(name)}/meta.json") as file:
            return json.load(file)

    def last_json(self, command, threads, limit=240, quiet=False, **environment):
        env = dict(os.environ, **environment, MEASURE="cpu" if self.cpu else "wall")
        for key in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
            env[key] = str(threads)
        try:
            done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return None if quiet else self.complain(f"more than {limit} s")
        except FileNotFoundError as problem:
            return None if quiet else self.complain(problem)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines:
            return None if quiet else self.complain(" ".join(done.stderr.split()[:40]))
        result = json.loads(lines[-1].replace("NaN", "null"))
        if "seconds" in result and not statistics.median(result["seconds"]) > 0:
            return self.complain(f"lost in the noise: {result['seconds']}")
        return result

    @staticmethod
    def complain(problem):
        print("  no result:", problem, file=sys.stderr)

    def java(self, main, *arguments, options=(), limit=240, threads=None, quiet=False):
        target = f"{ROOT}/benchmarks/target"
        command = ["java", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-Dmixtura.kernels=vector"]
        command += [*options, "-cp", f"{target}/classes:{target}/lib/*", main, *map(str, arguments)]
        return self.last_json(command, threads or self.threads, limit, quiet)

    def mixtura(self, name, threads, task="em"):
        options = [f"-XX:ActiveProcessorCount={threads}"]
        return self.java("org.mixtura.benchmarks.EmTimes", self.folder(name), threads, task, 3, options=options)

    def onedal(self, name):
        return self.python("venvdaal", "onedal.py", name, self.threads, "em", 10**9)

    def python(self, venv, script, name, threads, task, rows, **environment):
        command = [f"{self.work}/{venv}/bin/python", f"{HERE}/peers/{script}"]
        command += [self.folder(name), str(threads), task, str(rows)]
        return self.last_json(command, threads, **environment)

    def scikit_learn(self, name, task, rows):
        """All of its ways: two BLAS kernels, one thread and as many as there are."""
        found = {}
        for threads in sorted({1, self.threads}):
            for core in ("", "SkylakeX"):
                chosen = {"OPENBLAS_CORETYPE": core} if core else {}
                result = self.python("venv", "scikit_learn.py", name, threads, task, rows, **chosen)
                if result:
                    found[f"{threads} {core}".strip()] = result
        return found

    def jvm(self, main, name, rows):
        library = "spark" if main == "SparkPeer" else "jvm"
        options = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED] if library == "spark" else []
        command = ["java", *options, "-cp", f"{self.work}/peers:{self.work}/{library}/lib/*", main]
        command += [self.folder(name), str(self.threads), "em", str(rows)]
        return self.last_json(command, self.threads, limit=120)

    def armadillo(self, name, rows):
        command = [f"{self.work}/armadillo", self.folder(name), str(self.threads), "em", str(rows)]
        return self.last_json(command, self.threads, limit=120)


def seconds(command, **environment):
    """Wall time of a command, or None if it failed."""
    began = time.perf_counter()
    done = subprocess.run(command, env=dict(os.environ, **environment), capture_output=True, text=True)
    if done.returncode:
        print("  failed:", " ".join(done.stderr.split()[-40:]), file=sys.stderr)
        return None
    return time.perf_counter() - began
