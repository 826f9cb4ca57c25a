package org.mixtura.entropy;

import org.mixtura.linalg.Packed;

/**
 * The moments v_k = E[(p/a₀)ᵏ], k = 0, …, N, of a mixture in double arithmetic, all at once.
 *
 * <p>v_k is the sum over the multisets of k + 1 components, l_t copies of component t, of q(l) c |A|^−½ exp(−½ Q(l)), where
 * q(l) = (k + 1)!/Π l_t! Π b_t^{l_t} is a multinomial probability, c = Σ_t π_t |Λ_t|^½, A = Σ l_t Λ_t and Q(l) = min_x Σ l_t
 * (x − μ_t)ᵀ Λ_t (x − μ_t). Multisets form a tree whose branches add copies of later components; each node is a term of its
 * own and costs one factor A = L P Lᵀ. With m the minimum's place at the parent and δ = μ_t − m, adding l copies of t gives Q +
 * (A δ)ᵀ (A + l Λ_t)⁻¹ (l Λ_t δ): nothing large cancels however far the components are from the origin.
 *
 * <p>A branch whose terms cannot add 2^−60 of the smallest moment is cut: q sums to one, and the rest only falls along a
 * branch.
 */
final class MomentWalk {
    private static final double NEGLIGIBLE = 0x1p-60;

    /** A root costs as much as dozens of multiplications; a product of more pivots than this might leave the range. */
    private static final int ROOT_EVERY = 8;

    private final MomentInput input;
    private final int order;
    private final int size;
    private final int dimension;
    private final double threshold;
    private final MomentSums sums;
    /** Per depth of the tree: A, the minimum's place, and A δ, Λ_t δ for the component being added. */
    private final double[][] matrix;

    private final double[][] place;
    private final double[][] pull;
    private final double[][] push;
    private final double[] lower;
    private final double[] scaled;
    private final double[] inversePivots;
    private final double[] u;
    private final double[] w;

    MomentWalk(MomentInput input, int order) {
        this.input = input;
        this.order = order;
        this.size = input.size();
        this.dimension = input.dimension();
        this.threshold = NEGLIGIBLE * input.smallestMoment(order);
        this.sums = new MomentSums(order);
        this.matrix = new double[size + 1][Packed.size(dimension)];
        this.place = new double[size + 1][dimension];
        this.pull = new double[size + 1][dimension];
        this.push = new double[size + 1][dimension];
        this.lower = new double[Packed.size(dimension)];
        this.scaled = new double[dimension];
        this.inversePivots = new double[dimension];
        this.u = new double[dimension];
        this.w = new double[dimension];
    }

    /** The moments v_0, …, v_N. */
    double[] moments() {
        branch(0, 0, 0, 1, 0);
        return sums.values();
    }

    /** How many terms were added. */
    long terms() {
        return sums.terms();
    }

    /** Adds the terms below a node of {@code total} copies of components before {@code from}. */
    private void branch(int depth, int from, int total, double probability, double exponent) {
        for (int t = from; t < size; t++) {
            double q = probability;
            approach(depth, t);
            int most = order + 1 - total;
            for (int copies = 1; copies <= most; copies++) {
                q *= (total + copies) * input.share(t) / copies;
                if (q == 0 && total + copies > 1) {
                    break;
                }
                double inverseRoot = factor(depth, t, copies);
                double grown = exponent + Math.max(0, copies * solve(depth));
                double limit = input.normaliser() * inverseRoot * Math.exp(-0.5 * grown);
                // One copy of one component: its weight, by the definition of b_t, even where b_t underflows.
                sums.add(total + copies - 1, total + copies == 1 ? input.weight(t) : q * limit);
                if (limit < threshold) {
                    break;
                }
                if (copies < most && t + 1 < size) {
                    descend(depth, t, copies, total);
                    branch(depth + 1, t + 1, total + copies, q, grown);
                }
            }
        }
    }

    /** A δ and Λ_t δ for δ from the place of the minimum to the mean of t. */
    private void approach(int depth, int t) {
        double[] mean = input.mean(t);
        double[] precision = input.precision(t);
        double[] a = pull[depth];
        double[] b = push[depth];
        for (int i = 0; i < dimension; i++) {
            a[i] = 0;
            b[i] = 0;
        }
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            double di = mean[i] - place[depth][i];
            for (int j = 0; j < i; j++) {
                double dj = mean[j] - place[depth][j];
                a[i] += matrix[depth][at] * dj;
                a[j] += matrix[depth][at] * di;
                b[i] += precision[at] * dj;
                b[j] += precision[at] * di;
                at++;
            }
            a[i] += matrix[depth][at] * di;
            b[i] += precision[at] * di;
            at++;
        }
    }

    /** Factors A + l Λ_t = L P Lᵀ, L with a unit diagonal; returns the inverse root of its determinant, that of Π P_i. */
    private double factor(int depth, int t, int copies) {
        double[] base = matrix[depth];
        double[] precision = input.precision(t);
        double root = 1;
        double product = 1;
        int rowI = 0;
        for (int i = 0; i < dimension; i++) {
            double pivot = base[rowI + i] + copies * precision[rowI + i];
            int rowJ = 0;
            for (int j = 0; j < i; j++) {
                double sum = base[rowI + j] + copies * precision[rowI + j];
                for (int m = 0; m < j; m++) {
                    sum -= scaled[m] * lower[rowJ + m];
                }
                double element = sum * inversePivots[j];
                scaled[j] = sum;
                lower[rowI + j] = element;
                pivot -= sum * element;
                rowJ += j + 1;
            }
            inversePivots[i] = 1 / pivot;
            product *= inversePivots[i];
            if (i % ROOT_EVERY == ROOT_EVERY - 1) {
                root *= Math.sqrt(product);
                product = 1;
            }
            rowI += i + 1;
        }
        return root * Math.sqrt(product);
    }

    /** (A δ)ᵀ (A + l Λ_t)⁻¹ (Λ_t δ) with the factor at hand. */
    private double solve(int depth) {
        double[] a = pull[depth];
        double[] b = push[depth];
        double dot = 0;
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            double ui = a[i];
            double wi = b[i];
            for (int j = 0; j < i; j++) {
                ui -= lower[at] * u[j];
                wi -= lower[at] * w[j];
                at++;
            }
            at++;
            u[i] = ui;
            w[i] = wi;
            dot += ui * wi * inversePivots[i];
        }
        return dot;
    }

    /** Sets A and the minimum's place of the child with the factor at hand: place + (A + l Λ_t)⁻¹ l Λ_t δ. */
    private void descend(int depth, int t, int copies, int total) {
        double[] precision = input.precision(t);
        for (int i = 0; i < precision.length; i++) {
            matrix[depth + 1][i] = matrix[depth][i] + copies * precision[i];
        }
        double[] next = place[depth + 1];
        if (total == 0) {
            System.arraycopy(input.mean(t), 0, next, 0, dimension);
            return;
        }
        for (int i = dimension - 1; i >= 0; i--) {
            double sum = w[i] * inversePivots[i];
            for (int j = i + 1; j < dimension; j++) {
                sum -= lower[Packed.index(j, i)] * next[j];
            }
            next[i] = sum;
        }
        for (int i = 0; i < dimension; i++) {
            next[i] = place[depth][i] + copies * next[i];
        }
    }
}
