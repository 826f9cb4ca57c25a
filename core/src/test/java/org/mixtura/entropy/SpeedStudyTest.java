package org.mixtura.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mixtura.mixture.GaussianMixture;

/**
 * Processor time of one thread, warm: the median over 200 calls after two seconds of warming up. Processor time, because other
 * programs may share the machine; with a control that tells how fast it is.
 */
@Tag("study")
class SpeedStudyTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private double sink;

    @Test
    void staysBelowTheTargets() {
        GaussianMixture five = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 5, 2, 3);
        GaussianMixture twenty = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 20, 2, 3);
        GaussianMixture line = RandomMixtures.of(RandomMixtures.Kind.ORDINARY, 5, 1, 3);
        GaussianMixture huber = Mixtures.of(
                new double[] {0.2, 0.2, 0.2, 0.2, 0.2},
                new double[][] {{0, 0}, {3, 2}, {1, -0.5}, {2.5, 1.5}, {0, 0}},
                new double[][][] {
                    {{0.16, 0}, {0, 1}},
                    {{1, 0}, {0, 0.16}},
                    {{0.5, 0}, {0, 0.5}},
                    {{0.5, 0}, {0, 0.5}},
                    {{0.5, 0}, {0, 0.5}}
                });
        measure("control: 100,000 exponentials", huber, SpeedStudyTest::exponentials);
        double moments = measure(
                "K = 5, D = 2, moments to order 12",
                huber,
                m -> Entropy.of(m).moments(12).value(12));
        measure(
                "K = 5, D = 2, Legendre to order 12",
                huber,
                m -> Entropy.of(m).legendre(12).value());
        double large = measure(
                "K = 20, D = 2, moments to order 6",
                twenty,
                m -> Entropy.of(m).moments(6).value(6));
        double one = measure("K = 5, D = 1, entropy to 1e-10", line, SpeedStudyTest::entropy);
        double two = measure("K = 5, D = 2, Huber's mixture, to 1e-10", huber, SpeedStudyTest::entropy);
        double random = measure("K = 5, D = 2, random mixture, to 1e-10", five, SpeedStudyTest::entropy);
        measure("K = 20, D = 2, random mixture, to 1e-10", twenty, SpeedStudyTest::entropy);
        assertThat(moments).isLessThan(1);
        assertThat(large).isLessThan(50);
        assertThat(Math.max(one, Math.max(two, random))).isLessThan(5);
    }

    private static double entropy(GaussianMixture mixture) {
        return Entropy.of(mixture).estimate(1e-10).value();
    }

    private static double exponentials(GaussianMixture mixture) {
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += Math.exp(-1e-4 * i);
        }
        return sum;
    }

    /** Milliseconds. */
    private double measure(String name, GaussianMixture mixture, ToDoubleFunction<GaussianMixture> task) {
        long end = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < end) {
            sink += task.applyAsDouble(mixture);
        }
        double[] times = new double[200];
        for (int i = 0; i < times.length; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            sink += task.applyAsDouble(mixture);
            times[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf("%-42s median %7.3f ms, least %7.3f ms%n", name, times[100], times[0]);
        assertThat(sink).isFinite();
        return times[100];
    }
}
