package org.mixtura.benchmarks;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** What the machine can do: fused multiply-adds per second, and bytes per second of a copy that leaves the caches. */
final class Ceiling {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int STEPS = 20_000_000;
    private static final int COPIED = 1 << 24;

    private Ceiling() {}

    /** {@return the best of several rates, in 10⁹ additions and multiplications per second of one thread} */
    static double gigaflops() {
        double best = 0;
        double[] out = new double[SPECIES.length()];
        for (int repeat = 0; repeat < 12; repeat++) {
            long began = Clock.nanoseconds();
            spin(out, STEPS);
            best = Math.max(best, 2.0 * 12 * SPECIES.length() * STEPS / (Clock.nanoseconds() - began));
        }
        return best;
    }

    /** Twelve independent chains: more than latency × units of any machine so far. */
    private static void spin(double[] out, int steps) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, 0.999_999_9);
        DoubleVector b = DoubleVector.broadcast(SPECIES, 1e-7);
        DoubleVector s0 = a;
        DoubleVector s1 = a;
        DoubleVector s2 = a;
        DoubleVector s3 = a;
        DoubleVector s4 = a;
        DoubleVector s5 = a;
        DoubleVector s6 = a;
        DoubleVector s7 = a;
        DoubleVector s8 = a;
        DoubleVector s9 = a;
        DoubleVector t0 = a;
        DoubleVector t1 = a;
        for (int i = 0; i < steps; i++) {
            s0 = s0.fma(a, b);
            s1 = s1.fma(a, b);
            s2 = s2.fma(a, b);
            s3 = s3.fma(a, b);
            s4 = s4.fma(a, b);
            s5 = s5.fma(a, b);
            s6 = s6.fma(a, b);
            s7 = s7.fma(a, b);
            s8 = s8.fma(a, b);
            s9 = s9.fma(a, b);
            t0 = t0.fma(a, b);
            t1 = t1.fma(a, b);
        }
        s0.add(s1)
                .add(s2)
                .add(s3)
                .add(s4)
                .add(s5)
                .add(s6)
                .add(s7)
                .add(s8)
                .add(s9)
                .add(t0)
                .add(t1)
                .intoArray(out, 0);
    }

    /** {@return the best of several rates of one thread, in 10⁹ bytes read and written per second} */
    static double gigabytes() {
        double[] from = new double[COPIED];
        double[] to = new double[COPIED];
        Arrays.fill(from, 1);
        double best = 0;
        for (int repeat = 0; repeat < 8; repeat++) {
            long began = Clock.nanoseconds();
            System.arraycopy(from, 0, to, 0, COPIED);
            best = Math.max(best, 16.0 * COPIED / (Clock.nanoseconds() - began));
        }
        return best;
    }

    /** Prints both as JSON. */
    public static void main(String[] arguments) {
        System.out.printf("{\"gigaflops\": %.1f, \"gigabytes\": %.1f}%n", gigaflops(), gigabytes());
    }
}
