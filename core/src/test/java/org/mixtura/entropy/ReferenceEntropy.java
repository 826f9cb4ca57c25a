package org.mixtura.entropy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.mixtura.data.Matrix;
import org.mixtura.integration.GaussianPair;
import org.mixtura.linalg.Cholesky;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.GaussLegendre;

/**
 * The entropy by other formulas, rules and code than {@link Entropy}'s, at much greater cost: H = Σ_k π_k (½ ln|2πe Σ_k| − ln
 * π_k + E_k[ln r_k]), each expectation in the component's own standardised coordinates.
 *
 * <p>One dimension: 20-point Gauss–Legendre on panels half a deviation wide of every component. Two to four dimensions
 * where the details of the other components allow: a uniform grid in a ball of radius 9. Else a Kronecker sequence with
 * tent transform and 16 random shifts.
 */
final class ReferenceEntropy {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double RADIUS = 9;
    private static final double LARGEST_GRID = 3e7;
    private static final int SHIFTS = 16;

    private final int size;
    private final int d;
    private final double[] logWeights;
    private final double[][] means;
    private final double[][] lower;
    private final double[] logNorm;
    private final long points;
    private final SplittableRandom random = new SplittableRandom(4711);

    private final GaussianMixture mixture;
    /** The components that can matter to the one at hand. */
    private int[] near = new int[0];

    private double value;
    private double variance;

    private ReferenceEntropy(GaussianMixture mixture, long points) {
        this.mixture = mixture;
        this.size = mixture.size();
        this.d = mixture.dimension();
        this.points = points;
        this.logWeights = new double[size];
        this.means = new double[size][];
        this.lower = new double[size][];
        this.logNorm = new double[size];
        for (int k = 0; k < size; k++) {
            logWeights[k] = Math.log(mixture.weight(k));
            means[k] = mixture.component(k).mean();
            lower[k] = Cholesky.factor(mixture.component(k).covariance().lowerTriangle(), d);
            logNorm[k] = -0.5 * (d * LOG_TWO_PI + Cholesky.logDeterminant(lower[k], d));
        }
        for (int k = 0; k < size; k++) {
            double weight = mixture.weight(k);
            if (weight > 0) {
                value += weight * (0.5 * d - logNorm[k] - logWeights[k]);
                if (size > 1) {
                    addOverlap(k, weight);
                }
            }
        }
    }

    /**
     * The reference.
     *
     * @param points how many to spend where no rule is exact
     */
    static ReferenceEntropy of(GaussianMixture mixture, long points) {
        return new ReferenceEntropy(mixture, points);
    }

    double value() {
        return value;
    }

    /** The standard error; 0 where the rules are exact to rounding. */
    double standardError() {
        return Math.sqrt(variance);
    }

    private void addOverlap(int k, double weight) {
        near = near(mixture, k);
        if (near.length == 1) {
            return;
        }
        if (d == 1) {
            value += weight * line(k);
            return;
        }
        double step = (d == 2 ? 0.25 : d == 3 ? 0.35 : 0.45) * finestDetail(k);
        double count = Math.pow(2 * RADIUS / step, d);
        if (d <= 4 && count <= LARGEST_GRID) {
            value += weight * grid(k, step);
        } else {
            sample(k, weight);
        }
    }

    /** −E_k[ln r_k] is at most Σ_j √(π_j/π_k) ∫ √(N_j N_k): components that add less than 1e-18 are left out. */
    private static int[] near(GaussianMixture mixture, int k) {
        return IntStream.range(0, mixture.size())
                .filter(j -> {
                    double odds = mixture.weight(j) / mixture.weight(k);
                    double distance = GaussianPair.bhattacharyya(mixture.component(j), mixture.component(k));
                    return Math.sqrt(odds) * Math.exp(-distance) > 1e-18;
                })
                .toArray();
    }

    /** E_k[ln r_k] at z: local differences, so that no digits are lost far from the origin. */
    private double logResponsibility(int k, double[] z) {
        double largest = Double.NEGATIVE_INFINITY;
        double[] scores = new double[near.length];
        double own = 0;
        for (int n = 0; n < near.length; n++) {
            int j = near[n];
            double square = 0;
            if (j == k) {
                for (double v : z) {
                    square += v * v;
                }
            } else {
                double[] x = new double[d];
                for (int i = 0; i < d; i++) {
                    x[i] = means[k][i] - means[j][i];
                    for (int c = 0; c <= i; c++) {
                        x[i] += lower[k][Packed.index(i, c)] * z[c];
                    }
                }
                for (double v : Cholesky.solveLower(lower[j], x)) {
                    square += v * v;
                }
            }
            scores[n] = logWeights[j] + logNorm[j] - 0.5 * square;
            own = j == k ? scores[n] : own;
            largest = Math.max(largest, scores[n]);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - largest);
        }
        return own - largest - Math.log(sum);
    }

    private double line(int k) {
        List<Double> breaks = new ArrayList<>(List.of(-12.0, 12.0));
        for (int j : near) {
            for (int half = -24; half <= 24; half++) {
                double z = (means[j][0] - means[k][0] + lower[j][0] * 0.5 * half) / lower[k][0];
                if (Math.abs(z) < 12) {
                    breaks.add(z);
                }
            }
        }
        double[] ends = breaks.stream().mapToDouble(v -> v).sorted().toArray();
        double[][] rule = GaussLegendre.rule(20);
        double sum = 0;
        double lost = 0;
        double[] z = new double[1];
        for (int i = 1; i < ends.length; i++) {
            double half = 0.5 * (ends[i] - ends[i - 1]);
            double panel = 0;
            for (int n = 0; n < rule[0].length; n++) {
                z[0] = ends[i - 1] + half * (1 + rule[0][n]);
                panel += rule[1][n] * Math.exp(-0.5 * (z[0] * z[0] + LOG_TWO_PI)) * logResponsibility(k, z);
            }
            double term = panel * half - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        return sum;
    }

    /** At most 1 and the smallest deviation that any component has in the coordinates of k. */
    private double finestDetail(int k) {
        double finest = 1;
        for (int j : near) {
            double[] inverse = new double[Packed.size(d)];
            for (int c = 0; c < d; c++) {
                double[] column = new double[d];
                for (int i = c; i < d; i++) {
                    column[i] = lower[k][Packed.index(i, c)];
                }
                double[] image = Cholesky.solveLower(lower[j], column);
                for (int i = c; i < d; i++) {
                    inverse[Packed.index(i, c)] = image[i];
                }
            }
            finest = Math.min(finest, 1 / largestSingularValue(inverse));
        }
        return finest;
    }

    /** Of a packed triangle W, at most 9 % too large: (tr (W Wᵀ)⁸)^{1/16}. */
    private double largestSingularValue(double[] triangle) {
        double[][] rows = new double[d][d];
        double scale = Arrays.stream(triangle).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < d; i++) {
            for (int c = 0; c <= i; c++) {
                rows[i][c] = triangle[Packed.index(i, c)] / scale;
            }
        }
        Matrix power = Matrix.of(rows).times(Matrix.of(rows).transpose());
        for (int squarings = 0; squarings < 3; squarings++) {
            power = power.times(power);
        }
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += power.get(i, i);
        }
        return scale * Math.pow(trace, 1.0 / 16);
    }

    private double grid(int k, double step) {
        int reach = (int) Math.ceil(RADIUS / step);
        double[] z = new double[d];
        int[] index = new int[d];
        Arrays.fill(index, -reach);
        double total = 0;
        double line = 0;
        while (true) {
            double square = 0;
            for (int i = 0; i < d; i++) {
                z[i] = (index[i] + 0.37) * step;
                square += z[i] * z[i];
            }
            if (square <= RADIUS * RADIUS) {
                line += Math.exp(-0.5 * (square + d * LOG_TWO_PI)) * logResponsibility(k, z);
            }
            int at = 0;
            while (at < d && ++index[at] > reach) {
                index[at++] = -reach;
            }
            if (at > 0) {
                total += line;
                line = 0;
            }
            if (at == d) {
                return total * Math.pow(step, d);
            }
        }
    }

    private void sample(int k, double weight) {
        // The root of x^{d+1} = x + 1 spreads multiples of its powers evenly.
        double root = 1.5;
        for (int i = 0; i < 60; i++) {
            root = Math.pow(1 + root, 1.0 / (d + 1));
        }
        long each = Math.max(1024, (long) (points * weight) / SHIFTS);
        double[] values = new double[SHIFTS];
        double[] z = new double[d];
        for (int s = 0; s < SHIFTS; s++) {
            double[] shift = random.doubles(d).toArray();
            double sum = 0;
            for (long n = 0; n < each; n++) {
                for (int i = 0; i < d; i++) {
                    double u = shift[i] + n * Math.pow(root, -(i + 1));
                    u -= Math.floor(u);
                    double tent = Math.max(1 - Math.abs(2 * u - 1), 0x1p-54);
                    z[i] = -Math.sqrt(2) * InverseErfc.value(2 * Math.min(tent, 1 - 0x1p-53));
                }
                sum += logResponsibility(k, z);
            }
            values[s] = sum / each;
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        value += weight * mean;
        variance += weight * weight * squares / (SHIFTS * (SHIFTS - 1.0));
    }
}
