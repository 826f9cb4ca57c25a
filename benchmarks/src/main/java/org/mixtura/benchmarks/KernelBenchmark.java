package org.mixtura.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mixtura.data.Block;
import org.mixtura.kernel.Kernels;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.PlainKernels;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.simd.VectorKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One block through the kernels on one thread: nanoseconds per row; divide by K for nanoseconds per row and component. The
 * control reads the same rows and adds them up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(KernelBenchmark.ROWS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
    static final int ROWS = 1024;

    /** Columns, components and shape of the factors. */
    @Param({
        "2,8,TRIANGULAR",
        "3,8,TRIANGULAR",
        "8,512,TRIANGULAR",
        "16,32,TRIANGULAR",
        "64,64,TRIANGULAR",
        "128,16,TRIANGULAR",
        "16,64,DIAGONAL"
    })
    @SuppressWarnings("NullAway.Init")
    public String shape;

    /** Which kernels. */
    @Param({"plain", "vector"})
    @SuppressWarnings("NullAway.Init")
    public String kernels;

    private final Block block = new Block();
    private final double[] logDensity = new double[ROWS];

    @SuppressWarnings("NullAway.Init")
    private Kernels.Worker worker;

    @SuppressWarnings("NullAway.Init")
    private Moments moments;

    /** Makes rows and forms. */
    @Setup
    public void prepare() {
        String[] parts = shape.split(",", -1);
        int d = Integer.parseInt(parts[0]);
        int k = Integer.parseInt(parts[1]);
        QuadraticForms.Factor factor = QuadraticForms.Factor.valueOf(parts[2]);
        SplittableRandom random = new SplittableRandom(1);
        double[] values = random.doubles((long) ROWS * d, -2, 2).toArray();
        block.show(values, 0, ROWS, d, null, 0);
        double[][] factors = new double[k][];
        for (int c = 0; c < k; c++) {
            factors[c] = random.doubles(QuadraticForms.size(factor, d), -1, 1)
                    .map(a -> a / Math.sqrt(d))
                    .toArray();
        }
        double[] centres = random.doubles((long) k * d, -1, 1).toArray();
        QuadraticForms forms = QuadraticForms.of(factor, new double[d], centres, new double[k], factors);
        worker = (kernels.equals("plain") ? new PlainKernels() : new VectorKernels()).worker(forms);
        moments = Moments.about(
                forms, factor == QuadraticForms.Factor.TRIANGULAR ? Moments.Scatter.FULL : Moments.Scatter.DIAGONAL);
    }

    /** {@return the log-likelihood of a pass as EM makes it} */
    @Benchmark
    public double accumulate() {
        moments.clear();
        worker.accumulate(block, moments);
        return moments.logLikelihood();
    }

    /** {@return the log-density of a row, of a pass that only scores} */
    @Benchmark
    public double score() {
        worker.score(block, logDensity, new double[0]);
        return logDensity[0];
    }

    /** {@return the sum of all values: what reading them costs} */
    @Benchmark
    public double control() {
        double sum = 0;
        for (double value : block.values()) {
            sum += value;
        }
        return sum;
    }
}
