package org.mixtura.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** The log-density of one point of the mixture, in nanoseconds. The control adds up the point's values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PointBenchmark {
    private static final int POINTS = 256;

    /** Columns and components. */
    @Param({"2,8", "16,32"})
    @SuppressWarnings("NullAway.Init")
    public String shape;

    private final double[][] points = new double[POINTS][];
    private int next;

    @SuppressWarnings("NullAway.Init")
    private GaussianMixture mixture;

    /** Makes the mixture and points of it. */
    @Setup
    public void prepare() {
        int comma = shape.indexOf(',');
        int d = Integer.parseInt(shape.substring(0, comma));
        int k = Integer.parseInt(shape.substring(comma + 1));
        SplittableRandom random = new SplittableRandom(7);
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            double[] mean = new double[d];
            double[] packed = new double[d * (d + 1) / 2];
            int at = 0;
            for (int i = 0; i < d; i++) {
                mean[i] = 0.8 * random.nextGaussian();
                for (int j = 0; j <= i; j++) {
                    packed[at] = i == j ? random.nextDouble(0.8, 1.3) : random.nextDouble(-0.05, 0.05);
                    at++;
                }
            }
            components.add(Gaussian.of(mean, Covariance.full(packed, d)));
        }
        mixture = GaussianMixture.of(weights, components);
        for (int i = 0; i < POINTS; i++) {
            points[i] = mixture.sample(1, random).row(0);
        }
    }

    private double[] point() {
        next = (next + 1) % POINTS;
        return points[next];
    }

    /** {@return ln p(x)} */
    @Benchmark
    public double logDensity() {
        return mixture.logDensity(point());
    }

    /** {@return Σ x_j} */
    @Benchmark
    public double control() {
        double sum = 0;
        for (double value : point()) {
            sum += value;
        }
        return sum;
    }
}
