package org.mixtura.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Wall time; or, on a busy machine, the time that the calling thread had a processor, if the environment says MEASURE=cpu. */
final class Clock {
    private static final boolean CPU = "cpu".equals(System.getenv("MEASURE"));
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Clock() {}

    static long nanoseconds() {
        return CPU ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
