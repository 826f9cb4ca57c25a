package org.mixtura.entropy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Seeded mixtures of every difficult kind: D 1–6, K 1–12, deviations from 1e-3 to 1e3. */
public final class RandomMixtures {
    /** What is difficult about a mixture. */
    public enum Kind {
        /** Components of one scale that overlap more or less. */
        ORDINARY,
        /** Each component with a scale of its own, over six decades. */
        SCALES,
        /** Condition numbers up to 1e8, turned at random. */
        NEEDLES,
        /** Means up to ten thousand deviations apart. */
        FAR,
        /** Components that are nearly the same. */
        ALIKE,
        /** Each component of a kind of its own. */
        MIXED
    }

    private final SplittableRandom random;

    private RandomMixtures(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The kind of the mixture of a seed. */
    public static Kind kind(long seed) {
        return Kind.values()[(int) (seed % Kind.values().length)];
    }

    /** A mixture of 1 to 12 components in 1 to 6 columns. */
    public static GaussianMixture of(long seed) {
        RandomMixtures maker = new RandomMixtures(seed);
        int d = 1 + maker.random.nextInt(6);
        int size = 1 + maker.random.nextInt(12);
        return maker.mixture(kind(seed), size, d);
    }

    /** A mixture of a given size. */
    public static GaussianMixture of(Kind kind, int size, int d, long seed) {
        return new RandomMixtures(seed).mixture(kind, size, d);
    }

    private GaussianMixture mixture(Kind kind, int size, int d) {
        double[] weights = new double[size];
        double sum = 0;
        for (int k = 0; k < size; k++) {
            weights[k] = random.nextInt(4) == 0 ? powerOfTen(-4, 0) : 0.2 + random.nextDouble();
            sum += weights[k];
        }
        double scale = powerOfTen(-3, 3);
        double spread = powerOfTen(-0.5, 0.7);
        List<Gaussian> components = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            weights[k] /= sum;
            Kind own = kind == Kind.MIXED ? Kind.values()[random.nextInt(5)] : kind;
            components.add(component(own, d, scale, spread));
        }
        return GaussianMixture.of(weights, components);
    }

    private Gaussian component(Kind kind, int d, double scale, double spread) {
        double own = kind == Kind.SCALES ? powerOfTen(-3, 3) : scale;
        double distance = switch (kind) {
            case ORDINARY, NEEDLES -> spread * own;
            case SCALES -> random.nextBoolean() ? own : powerOfTen(-3, 3);
            case FAR -> powerOfTen(0.3, 4) * own;
            case ALIKE, MIXED -> 1e-2 * own;
        };
        double[] mean = new double[d];
        for (int j = 0; j < d; j++) {
            mean[j] = distance * random.nextGaussian();
        }
        double[] deviations = new double[d];
        for (int j = 0; j < d; j++) {
            double ratio = switch (kind) {
                case NEEDLES -> powerOfTen(-4, 0);
                case ALIKE -> 1 + 0.02 * random.nextDouble();
                default -> powerOfTen(-0.4, 0.2);
            };
            deviations[j] = own * ratio;
        }
        return Gaussian.of(mean, kind == Kind.ALIKE ? diagonal(deviations) : turned(deviations));
    }

    private static Covariance diagonal(double[] deviations) {
        double[][] rows = new double[deviations.length][deviations.length];
        for (int j = 0; j < deviations.length; j++) {
            rows[j][j] = deviations[j] * deviations[j];
        }
        return Covariance.full(rows);
    }

    /** Q diag(deviations²) Qᵀ for a product Q of random plane rotations. */
    private Covariance turned(double[] deviations) {
        int d = deviations.length;
        double[][] root = new double[d][d];
        for (int j = 0; j < d; j++) {
            root[j][j] = deviations[j];
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double angle = 2 * Math.PI * random.nextDouble();
                for (int c = 0; c < d; c++) {
                    double a = root[i][c];
                    double b = root[j][c];
                    root[i][c] = Math.cos(angle) * a - Math.sin(angle) * b;
                    root[j][c] = Math.sin(angle) * a + Math.cos(angle) * b;
                }
            }
        }
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                for (int c = 0; c < d; c++) {
                    rows[i][j] += root[i][c] * root[j][c];
                }
                rows[j][i] = rows[i][j];
            }
        }
        return Covariance.full(rows);
    }

    private double powerOfTen(double from, double to) {
        return Math.pow(10, from + (to - from) * random.nextDouble());
    }
}
