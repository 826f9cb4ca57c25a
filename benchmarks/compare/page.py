"""Writes docs/benchmarks.md and its picture from the results."""
import os
import re
import statistics
import subprocess

import picture

HERE = os.path.dirname(os.path.abspath(__file__))
# Aims: times oneDAL, times scikit-learn, share of the peak, times the fastest on the JVM.
BARS = {
    "2-8": (4, 90, None, 50),
    "16-32": (3, 15, 0.40, 50),
    "64-64": (3, 14, 0.65, 15),
    "128-16": (3, 7, 0.70, None),
    "8-512": (4, 40, 0.20, 50),
    "16-64-diagonal": (2, 12, None, 50),
}
ON_JVM = ("Elki", "CommonsMath", "Spark", "Weka")
NAMES = {"Elki": "ELKI", "CommonsMath": "Commons Math", "Spark": "Spark MLlib"}
MEASURES = {
    False: "Wall time on {threads} threads.",
    True: "The machine was busy with other work, so this is processor time on one thread each; caches and memory were"
    " shared with others all the same.",
}
NONE = "–"


def label(meta):
    kind = "" if meta["covariances"] == "full" else ", " + meta["covariances"]
    return f"{meta['rows']:,} × {meta['columns']}, K {meta['components']}{kind}"


def with_bar(value, bar, form="{:.1f}"):
    if value is None:
        return NONE
    return form.format(value) + (f" (bar {form.format(bar) if isinstance(bar, float) else bar})" if bar else "")


def median(values):
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def ratios(name, results):
    """Times of oneDAL, scikit-learn and the fastest on the JVM over ours; None where not known."""
    em = results["em"][name]
    ours = median(em["mixtura"])
    onedal = median([b / a for a, b in zip(em["mixtura"], em["onedal"]) if b])
    ways = results.get("scikit_learn", {}).get(name, {})
    jvm = [value for key, value in results.get("jvm", {}).get(name, {}).items() if key in ON_JVM]
    return onedal, min(ways.values()) / ours if ways else None, min(jvm) / ours if jvm else None


def measured(results):
    return [name for name in BARS if results.get("em", {}).get(name, {}).get("mixtura")]


def em_rows(results):
    for name in measured(results):
        em = results["em"][name]
        meta = em["meta"]
        n, d, k = meta["rows"], meta["columns"], meta["components"]
        ours = median(em["mixtura"])
        bars = BARS[name]
        onedal, scikit_learn, jvm = ratios(name, results)
        threads = results["taken"].get("em", {}).get("threads", 1)
        share = None
        if meta["covariances"] == "full" and "gigaflops" in results.get("machine", {}):
            share = k * 2 * d * d / ours / (threads * results["machine"]["gigaflops"])
        speedup = median([b / a for a, b in zip(em["mixtura"], em["single"]) if b])
        peers = results.get("jvm", {}).get(name, {})
        yield [
            label(meta),
            f"{ours * n / 1e6:.1f}",
            f"{ours / k:.2f}",
            with_bar(onedal, bars[0]),
            with_bar(scikit_learn, bars[1]),
            with_bar(share, bars[2], "{:.0%}"),
            with_bar(jvm, bars[3]),
            ", ".join(f"{NAMES.get(key, key)} {value / ours:.0f}" for key, value in sorted(peers.items())) or NONE,
            with_bar(speedup, 1.85 if d >= 16 else None, "{:.2f}"),
        ]


def phase_rows(results):
    peak = results.get("machine", {}).get("gigaflops")
    for name in BARS:
        phases = results.get("phases", {}).get(name)
        if phases:
            meta = phases["meta"]
            d = meta["columns"]
            least = f"{d * d / peak:.2f}" if peak and meta["covariances"] == "full" else NONE
            parts = [phases[key] for key in ("rows", "scores", "exponentials", "moments")]
            yield [f"{d}, {meta['components']}" + ("" if meta["covariances"] == "full" else ", diagonal")] + [
                f"{part:.2f}" for part in parts
            ] + [least]


def memory_rows(results):
    for key, found in results.get("memory", {}).items():
        columns, components = map(int, key.split("-"))
        size = components * columns**2
        bar = " (bar 64)" if size <= 1_000_000 else ""
        yield [f"{columns}", f"{components}", f"{size:,}", f"{found['data']:.0f}", f"{found['beyond']}{bar}"]


def kernel_rows(results):
    found = results.get("kernels", {})
    for key in found:
        name, _, shape = key.partition(" ")
        if name == "KernelBenchmark.accumulate" and shape.startswith("vector"):
            cells = [shape.removeprefix("vector ").replace(",", ", ").lower()]
            for method in ("score", "accumulate"):
                for kind in ("plain", "vector"):
                    run = found.get(f"KernelBenchmark.{method} {kind} {shape.removeprefix('vector ')}")
                    cells.append(f"{run['score']:,.0f} ± {run['error']:,.0f}" if run else NONE)
            yield cells


def point_rows(results):
    for key, run in results.get("kernels", {}).items():
        name, _, shape = key.partition(" ")
        if name.startswith("PointBenchmark"):
            yield [shape.replace(",", ", "), name.split(".")[1], f"{run['score']:.0f} ± {run['error']:.0f}", f"{run['bytes']:.1f}"]


def check_rows(results):
    for name in measured(results):
        ours, peer = results["em"][name].get("log_likelihoods", (None, None))
        yield [label(results["em"][name]["meta"]), repr(ours), repr(peer)]


def table(rows, columns):
    """The rows, or one of dashes while the section was not measured."""
    return "\n".join("| " + " | ".join(row) + " |" for row in list(rows) or [[NONE] * columns])


def scoring(results):
    found = results.get("scoring", {})
    if not found.get("mixtura") or not found.get("scikit_learn"):
        return dict(score_ours=NONE, score_theirs=NONE, score_ratio=NONE)
    ours, theirs = median(found["mixtura"]), min(found["scikit_learn"].values())
    return dict(score_ours=f"{ours:.0f}", score_theirs=f"{theirs:.0f}", score_ratio=f"{theirs / ours:.1f}")


def command(results):
    found = results.get("command", {})
    return {
        f"command_{key}": f"{median(found[key]):.2f}" if found.get(key) else NONE for key in ("chosen", "plain")
    }


def processor():
    with open("/proc/cpuinfo") as file:
        words = file.read()
    name = re.search(r"model name\s*: (.*)", words)
    widths = [w for w in ("avx512f", "avx2") if w in words]
    return (name.group(1) if name else "unknown") + (f" ({widths[0]})" if widths else "")


def occasions(results):
    """When each section was measured, and how busy the machine was."""
    taken = results["taken"]
    return "; ".join(
        f"{section.replace('_', '-')} {how['date']}, load {how['load']}{', processor time' if how['cpu'] else ''}"
        for section, how in taken.items()
    )


def write(results, folder):
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    machine = results.get("machine", {})
    how = results["taken"].get("em", dict(cpu=False, threads=os.cpu_count(), rounds=0))
    with open(f"{HERE}/benchmarks.md") as file:
        template = file.read()
    page = template.format(
        processor=processor(),
        cores=os.cpu_count(),
        java=java,
        kernels=results.get("em", {}).get("kernels", NONE),
        rounds=how["rounds"],
        measure=MEASURES[how["cpu"]].format(**how),
        gigaflops=f"{machine['gigaflops']:.0f}" if machine else NONE,
        gigabytes=f"{machine['gigabytes']:.0f}" if machine else NONE,
        occasions=occasions(results),
        em=table(em_rows(results), 9),
        checks=table(check_rows(results), 3),
        memory=table(memory_rows(results), 5),
        phases=table(phase_rows(results), 6),
        kernel_table=table(kernel_rows(results), 5),
        points=table(point_rows(results), 4),
        **scoring(results),
        **command(results),
    )
    with open(f"{folder}/benchmarks.md", "w") as out:
        out.write(page)
    groups = []
    for name in measured(results):
        known = {peer: ratio for peer, ratio in zip(picture.COLOURS, ratios(name, results)) if ratio}
        groups.append((label(results["em"][name]["meta"]), known))
    with open(f"{folder}/benchmarks.svg", "w") as out:
        out.write(picture.draw(groups))
