#!/usr/bin/env python3
"""How long the slowest core makes everyone wait in a round of EM: a simulation, no cluster needed.

Every core takes the next partition when it has finished one (Spark's scheduler without locality). A partition's time is 1/m of
a core's share of the work, times a lognormal factor of spread 10 % for the partition, times a lognormal factor of spread 10 % for
its executor; some executors are slow throughout by a factor. Prints the time of a round over the time with equal cores and no
wait.
"""
import heapq
import random


def round_time(executors, cores, per_core, slow, factor, rng):
    speed = [rng.lognormvariate(0, 0.1) * (factor if rng.random() < slow else 1) for _ in range(executors)]
    free = [(0.0, executor) for executor in range(executors) for _ in range(cores)]
    heapq.heapify(free)
    last = 0.0
    for _ in range(executors * cores * per_core):
        now, executor = heapq.heappop(free)
        end = now + speed[executor] * rng.lognormvariate(0, 0.1) / per_core
        last = max(last, end)
        heapq.heappush(free, (end, executor))
    return last


def main():
    rng = random.Random(1)
    print("| partitions per core | all alike but for 10 % | 1 % of executors half as fast | 1 % four times slower |")
    print("|---|---|---|---|")
    for per_core in (1, 2, 4, 8, 16):
        cells = []
        for slow, factor in ((0, 1), (0.01, 2), (0.01, 4)):
            times = [round_time(1000, 8, per_core, slow, factor, rng) for _ in range(5)]
            cells.append(f"{sum(times) / len(times):.2f}")
        print(f"| {per_core} | " + " | ".join(cells) + " |")


main()
