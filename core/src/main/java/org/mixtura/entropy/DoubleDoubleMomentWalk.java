package org.mixtura.entropy;

import java.util.Arrays;
import org.mixtura.linalg.Packed;

/**
 * The moments v_k = E[(p/a₀)ᵏ] by the formulas of {@link MomentWalk} in double-double arithmetic: about 30 significant
 * digits, and some 20 to 30 times slower.
 *
 * <p>The means and precisions of the input are taken as exact. Its shares b_t are computed anew from them, so that the moments
 * are those of one mixture to full precision.
 */
final class DoubleDoubleMomentWalk {
    private static final double NEGLIGIBLE = 0x1p-112;

    private final MomentInput input;
    private final int order;
    private final int size;
    private final int dimension;
    private final double threshold;
    private final DoubleDouble[] weights;
    private final DoubleDouble[] shares;
    private final DoubleDouble[] sums;
    private final DoubleDouble[][] matrix;
    private final DoubleDouble[][] place;
    private final DoubleDouble[] lower;
    private final DoubleDouble[] pivots;
    private final DoubleDouble[] w;
    private final DoubleDouble normaliser;
    private long terms;

    DoubleDoubleMomentWalk(MomentInput input, int order) {
        this.input = input;
        this.order = order;
        this.size = input.size();
        this.dimension = input.dimension();
        this.threshold = NEGLIGIBLE * input.smallestMoment(order);
        this.sums = zeros(order + 1);
        this.matrix = new DoubleDouble[size + 1][];
        this.place = new DoubleDouble[size + 1][];
        this.lower = zeros(Packed.size(dimension));
        this.pivots = zeros(dimension);
        this.w = zeros(dimension);
        this.weights = new DoubleDouble[size];
        this.shares = new DoubleDouble[size];
        for (int depth = 0; depth <= size; depth++) {
            matrix[depth] = zeros(Packed.size(dimension));
            place[depth] = zeros(dimension);
        }
        DoubleDouble total = DoubleDouble.ZERO;
        for (int t = 0; t < size; t++) {
            total = total.plus(DoubleDouble.of(input.weight(t)));
        }
        DoubleDouble peaks = DoubleDouble.ZERO;
        for (int t = 0; t < size; t++) {
            weights[t] = DoubleDouble.of(input.weight(t)).dividedBy(total);
            shares[t] = weights[t].times(factor(0, t, 1));
            peaks = peaks.plus(shares[t]);
        }
        for (int t = 0; t < size; t++) {
            shares[t] = shares[t].dividedBy(peaks);
        }
        this.normaliser = peaks;
    }

    private static DoubleDouble[] zeros(int length) {
        DoubleDouble[] zeros = new DoubleDouble[length];
        Arrays.fill(zeros, DoubleDouble.ZERO);
        return zeros;
    }

    /** The moments v_0, …, v_N. */
    DoubleDouble[] moments() {
        branch(0, 0, 0, DoubleDouble.ONE, DoubleDouble.ZERO);
        return sums.clone();
    }

    /** How many terms were added. */
    long terms() {
        return terms;
    }

    private void branch(int depth, int from, int total, DoubleDouble probability, DoubleDouble exponent) {
        for (int t = from; t < size; t++) {
            DoubleDouble q = probability;
            DoubleDouble[] delta = new DoubleDouble[dimension];
            for (int i = 0; i < dimension; i++) {
                delta[i] = DoubleDouble.of(input.mean(t)[i]).minus(place[depth][i]);
            }
            DoubleDouble[] pull = times(matrix[depth], delta);
            DoubleDouble[] push = times(exact(input.precision(t)), delta);
            int most = order + 1 - total;
            for (int copies = 1; copies <= most; copies++) {
                q = q.times(total + copies).times(shares[t]).dividedBy(DoubleDouble.of(copies));
                if (q.hi() == 0 && total + copies > 1) {
                    break;
                }
                DoubleDouble root = factor(depth, t, copies);
                DoubleDouble grown = exponent.plus(solve(pull, push).times(copies));
                DoubleDouble limit =
                        normaliser.dividedBy(root).times(grown.times(-0.5).exp());
                DoubleDouble term = total + copies == 1 ? weights[t] : q.times(limit);
                sums[total + copies - 1] = sums[total + copies - 1].plus(term);
                terms++;
                if (limit.hi() < threshold) {
                    break;
                }
                if (copies < most && t + 1 < size) {
                    descend(depth, t, copies, total);
                    branch(depth + 1, t + 1, total + copies, q, grown);
                }
            }
        }
    }

    private static DoubleDouble[] exact(double[] values) {
        DoubleDouble[] exact = new DoubleDouble[values.length];
        for (int i = 0; i < values.length; i++) {
            exact[i] = DoubleDouble.of(values[i]);
        }
        return exact;
    }

    private static DoubleDouble[] times(DoubleDouble[] symmetric, DoubleDouble[] vector) {
        DoubleDouble[] product = zeros(vector.length);
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                DoubleDouble element = symmetric[Packed.index(Math.max(i, j), Math.min(i, j))];
                product[i] = product[i].plus(element.times(vector[j]));
            }
        }
        return product;
    }

    /** Factors A + l Λ_t into {@link #lower}; returns the root of its determinant. */
    private DoubleDouble factor(int depth, int t, int copies) {
        double[] precision = input.precision(t);
        DoubleDouble product = DoubleDouble.ONE;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                int at = Packed.index(i, j);
                DoubleDouble sum =
                        matrix[depth][at].plus(DoubleDouble.of(precision[at]).times(copies));
                for (int m = 0; m < j; m++) {
                    sum = sum.minus(lower[Packed.index(i, m)].times(lower[Packed.index(j, m)]));
                }
                lower[at] = j < i ? sum.dividedBy(pivots[j]) : sum.squareRoot();
            }
            pivots[i] = lower[Packed.index(i, i)];
            product = product.times(pivots[i]);
        }
        return product;
    }

    /** (A δ)ᵀ (A + l Λ_t)⁻¹ (Λ_t δ) with the factor at hand. */
    private DoubleDouble solve(DoubleDouble[] pull, DoubleDouble[] push) {
        DoubleDouble[] u = new DoubleDouble[dimension];
        DoubleDouble dot = DoubleDouble.ZERO;
        for (int i = 0; i < dimension; i++) {
            DoubleDouble ui = pull[i];
            DoubleDouble wi = push[i];
            for (int j = 0; j < i; j++) {
                DoubleDouble element = lower[Packed.index(i, j)];
                ui = ui.minus(element.times(u[j]));
                wi = wi.minus(element.times(w[j]));
            }
            u[i] = ui.dividedBy(pivots[i]);
            w[i] = wi.dividedBy(pivots[i]);
            dot = dot.plus(u[i].times(w[i]));
        }
        return dot;
    }

    /** Sets A and the minimum's place of the child with the factor at hand. */
    private void descend(int depth, int t, int copies, int total) {
        double[] precision = input.precision(t);
        for (int i = 0; i < precision.length; i++) {
            matrix[depth + 1][i] =
                    matrix[depth][i].plus(DoubleDouble.of(precision[i]).times(copies));
        }
        DoubleDouble[] step = new DoubleDouble[dimension];
        for (int i = dimension - 1; i >= 0; i--) {
            DoubleDouble sum = w[i];
            for (int j = i + 1; j < dimension; j++) {
                sum = sum.minus(lower[Packed.index(j, i)].times(step[j]));
            }
            step[i] = sum.dividedBy(pivots[i]);
        }
        for (int i = 0; i < dimension; i++) {
            place[depth + 1][i] =
                    total == 0 ? DoubleDouble.of(input.mean(t)[i]) : place[depth][i].plus(step[i].times(copies));
        }
    }
}
