package org.mixtura.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mixtura.entropy.Entropy;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The entropy of one mixture on one thread, in milliseconds: the Legendre series with all its orders, and the estimate to
 * 1e-10. The control is the closed-form bounds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntropyBenchmark {
    /** Columns, components and order of the series. */
    @Param({"1,5,12", "2,5,12", "2,20,6"})
    @SuppressWarnings("NullAway.Init")
    public String shape;

    private int order;

    @SuppressWarnings("NullAway.Init")
    private Entropy entropy;

    /** Makes the mixture. */
    @Setup
    public void prepare() {
        int[] numbers =
                Arrays.stream(shape.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        int d = numbers[0];
        int k = numbers[1];
        order = numbers[2];
        SplittableRandom random = new SplittableRandom(7);
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        List<Gaussian> components = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            double[] mean = random.doubles(d, -3, 3).toArray();
            double[] packed = new double[d * (d + 1) / 2];
            for (int row = 0; row < d; row++) {
                packed[row * (row + 1) / 2 + row] = random.nextDouble(0.5, 2);
            }
            if (d > 1) {
                packed[1] = random.nextDouble(-0.3, 0.3);
            }
            components.add(Gaussian.of(mean, Covariance.full(packed, d)));
        }
        entropy = Entropy.of(GaussianMixture.of(weights, components));
    }

    /** The series, moments of all orders included. */
    @Benchmark
    public double legendre() {
        return entropy.legendre(order).value();
    }

    /** The estimate to ten digits. */
    @Benchmark
    public double estimate() {
        return entropy.estimate(1e-10).value();
    }

    /** The closed-form bounds. */
    @Benchmark
    public double bounds() {
        return entropy.bounds().gaussianUpper();
    }
}
