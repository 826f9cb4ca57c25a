package org.mixtura.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.special.Digamma;

/**
 * Kernels for forms with tails, made of other kernels for one component each, which do all that takes time: with constant 0 and
 * the factor A_k they score a row by −q/2, half its squared distance; with factor 0 they add up the moments of rows that weigh
 * w r_k u_k, u_k = (ν_k + d)/(ν_k + q).
 *
 * <p>Of ln u_k, which a row of d values tells by its distance only, the expectation is ln u_k − h((ν_k + d)/2) with h(a) = ln a −
 * ψ(a). A row is never so far out that its density is zero, nor without responsibilities. (Peel &amp; McLachlan 2000, <a
 * href="https://doi.org/10.1023/A:1008981510081">doi:10.1023/A:1008981510081</a>.)
 */
final class TailWorker extends TiledWorker {
    private static final int TILE = 512;
    private static final double[] NOT_WANTED = new double[0];

    private final Tail[] tails;
    private final Kernels.Worker[] distances;
    private final Kernels.Worker[] sums;
    private final QuadraticForms[] centres;
    /** u and 1 + E ln u − E u, component by component. */
    private final double[][] pulls;

    private final double[][] logs;
    private final double[] weights = new double[TILE];
    private final Block part = new Block();

    private TailWorker(Kernels kernels, QuadraticForms forms) {
        super(forms, TILE);
        this.tails = Arrays.stream(forms.degreesOfFreedom())
                .mapToObj(v -> new Tail(v, forms.dimension()))
                .toArray(Tail[]::new);
        this.distances = IntStream.range(0, components)
                .mapToObj(k -> kernels.worker(alone(k, forms.factor(), forms.factor(k))))
                .toArray(Kernels.Worker[]::new);
        this.centres = IntStream.range(0, components)
                .mapToObj(k -> alone(k, QuadraticForms.Factor.SCALAR, new double[1]))
                .toArray(QuadraticForms[]::new);
        this.sums = Arrays.stream(centres).map(kernels::worker).toArray(Kernels.Worker[]::new);
        this.pulls = new double[components][TILE];
        this.logs = new double[components][TILE];
    }

    /** A worker of some kernels that knows of tails where forms have them. */
    static Kernels.Worker of(Kernels kernels, QuadraticForms forms) {
        return forms.tailed() ? new TailWorker(kernels, forms) : kernels.worker(forms);
    }

    private QuadraticForms alone(int k, QuadraticForms.Factor shape, double[] factor) {
        int d = forms.dimension();
        double[] centre = Arrays.copyOfRange(forms.centres(), k * d, (k + 1) * d);
        return QuadraticForms.of(shape, forms.origin(), centre, new double[1], new double[][] {factor});
    }

    @Override
    void addTile(Block block, int first, int count, double[][] responsibilities, Moments into) {
        for (int k = 0; k < components; k++) {
            add(block, first, count, responsibilities[k], k, into);
        }
    }

    /** Adds some rows to the moments of one component. */
    private void add(Block block, int first, int count, double[] responsibilities, int k, Moments into) {
        for (int i = 0; i < count; i++) {
            double weight = block.weight(first + i);
            double share = responsibilities[i];
            boolean counts = weight > 0 && share > Moments.NEGLIGIBLE;
            double both = counts ? weight * share : 0;
            weights[i] = both * pulls[k][i];
            into.weights()[k] += both;
            into.tails()[k] += counts ? both * logs[k][i] : 0;
        }
        Moments one = Moments.about(centres[k], into.scatter());
        sums[k].accumulate(shown(block, first, count, weights), one);
        into.pulls()[k] += one.weights()[0];
        for (int j = 0; j < dimension; j++) {
            into.firsts()[k * dimension + j] += one.firsts()[j];
        }
        double[] second = into.second(k);
        for (int at = 0; at < second.length; at++) {
            second[at] += one.second(0)[at];
        }
    }

    private Block shown(Block block, int first, int count, double @Nullable [] rowWeights) {
        int d = block.dimension();
        part.show(block.values(), block.offset() + first * d, count, d, rowWeights, 0);
        return part;
    }

    /** Scores and pulls of a tile; a score is −q/2 before it is one. */
    @Override
    void scoreTile(Block block, int first, int count, double[][] scores) {
        for (int k = 0; k < tails.length; k++) {
            distances[k].score(shown(block, first, count, null), scores[k], NOT_WANTED);
            double constant = forms.constants()[k];
            for (int i = 0; i < count; i++) {
                double q = -2 * scores[k][i];
                scores[k][i] = constant
                        + (q < Double.POSITIVE_INFINITY
                                ? tails[k].near(q, i, pulls[k], logs[k])
                                : tails[k].far(block, first + i, k, i));
            }
        }
    }

    /** The tail of one component. */
    private final class Tail {
        private final double freedom;
        private final int d;
        private final double constant;
        private final double logWidth;
        private final double lost;

        Tail(double freedom, int d) {
            this.freedom = freedom;
            this.d = d;
            double half = d / 2.0;
            double least = (freedom + d) / 2;
            boolean gaussian = freedom == Double.POSITIVE_INFINITY;
            // The difference of gamma functions from the beta function keeps its digits for large ν.
            this.constant = gaussian
                    ? 0
                    : LogGamma.value(half) - LogBeta.value(freedom / 2, half) - half * Math.log(freedom / 2);
            this.logWidth = Math.log1p(d / freedom);
            this.lost = gaussian ? 0 : Math.log(least) - Digamma.value(least);
        }

        /** What replaces −q/2 in the score of a row at squared distance q. */
        double near(double q, int at, double[] pull, double[] log) {
            if (freedom == Double.POSITIVE_INFINITY) {
                pull[at] = 1;
                return -q / 2;
            }
            double decay = Math.log1p(q / freedom);
            pull[at] = (freedom + d) / (freedom + q);
            log[at] = logWidth - decay - (d - q) / (freedom + q) - lost;
            return constant - (freedom + d) / 2 * decay;
        }

        /** The same where q overflows or the row is not finite. */
        double far(Block block, int row, int k, int at) {
            pulls[k][at] = 0;
            if (!FarRow.isFinite(block, row)) {
                return Double.NaN;
            }
            if (freedom == Double.POSITIVE_INFINITY) {
                return Double.NEGATIVE_INFINITY;
            }
            double decay = 2 * FarRow.logDistance(forms, block, row, k) - Math.log(freedom);
            logs[k][at] = logWidth - decay + 1 - lost;
            return constant - (freedom + d) / 2 * decay;
        }
    }
}
