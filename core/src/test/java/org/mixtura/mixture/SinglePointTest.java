package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.testing.Generator;

/** The log-density of one point leaves nothing to collect. */
class SinglePointTest {
    private static final int CALLS = 20_000;

    @ParameterizedTest
    @EnumSource
    void logDensityAllocatesNothing(CovarianceStructure structure) {
        GaussianMixture mixture = Generator.seeded(3).mixture(structure, 32, 16);
        double[] point = mixture.mean();
        double sum = sum(mixture, point);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        sum -= sum(mixture, point);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(sum).isZero();
        // Less than the smallest object for each call; reading the counter may cost a few.
        assertThat(bytes).isLessThan(CALLS);
    }

    private static double sum(GaussianMixture mixture, double[] point) {
        double sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += mixture.logDensity(point);
        }
        return sum;
    }
}
