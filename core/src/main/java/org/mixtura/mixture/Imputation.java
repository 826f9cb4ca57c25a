package org.mixtura.mixture;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mixtura.data.Rows;
import org.mixtura.kernel.MarginalForms;
import org.mixtura.kernel.RecentPatterns;

/**
 * Completes rows with gaps: what a mixture says of the missing values x_m of a row, given those that are there,
 *
 * <pre>
 *   p(x_m | x_o) = Σ_k r_k(x_o) N(x_m; μ_km + B_k (x_o − μ_ko), C_k)
 * </pre>
 *
 * <p>with B_k = Σ_kmo Σ_koo⁻¹, C_k = Σ_kmm − B_k Σ_kom and the responsibilities r_k under the marginal of the observed columns. Exact
 * for values missing at random. The mixture is taken as known: draws do not spread with the error of its own parameters.
 *
 * <p>Where components are Student distributions, so are their conditionals: with ν_k + |o| degrees of freedom, C_k times (ν_k + δ_k)/(ν_k
 * + |o|), δ_k being the squared Mahalanobis distance of x_o.
 *
 * <p>Rows that miss the same columns share the work of a Cholesky factor, which is kept while there is room. Safe for several
 * threads.
 */
public final class Imputation {
    private final GaussianMixture mixture;
    /** ν, K values; infinite for Gaussians. */
    private final double[] degreesOfFreedom;

    private final RecentPatterns<BitSet, Pattern> patterns;

    /** What is prepared for the rows that miss the same columns. */
    static final class Pattern {
        /** The columns that are there; the whole mixture if none is. */
        final GaussianMixture marginal;

        /** The components' probabilities, from what is there. */
        final UnaryOperator<double[]> responsibilities;

        final MarginalForms forms;

        Pattern(GaussianMixture mixture, double[] degreesOfFreedom, BitSet gaps) {
            forms = new MarginalForms(mixture.forms(), gaps);
            String[] names = IntStream.of(forms.observed())
                    .mapToObj(mixture.columns()::get)
                    .toArray(String[]::new);
            marginal = names.length == 0 ? mixture : mixture.marginal(names);
            if (names.length == 0) {
                responsibilities = values -> mixture.weights();
            } else if (Arrays.stream(degreesOfFreedom).allMatch(Double::isInfinite)) {
                responsibilities = marginal::responsibilities;
            } else {
                responsibilities = StudentMixture.of(marginal, degreesOfFreedom)::responsibilities;
            }
        }
    }

    private Imputation(GaussianMixture mixture, double[] degreesOfFreedom) {
        this.mixture = mixture;
        this.degreesOfFreedom = degreesOfFreedom;
        long size = 4L * mixture.size() * (mixture.dimension() + 2) * (mixture.dimension() + 2);
        this.patterns = new RecentPatterns<>(size, gaps -> new Pattern(mixture, degreesOfFreedom, gaps));
    }

    /**
     * Completes rows by a mixture.
     *
     * @param mixture the distribution of whole rows
     * @return the imputation
     */
    public static Imputation of(Mixture mixture) {
        if (mixture instanceof StudentMixture student) {
            return new Imputation(student.gaussians(), student.degreesOfFreedom());
        }
        double[] none = new double[mixture.size()];
        Arrays.fill(none, Double.POSITIVE_INFINITY);
        return new Imputation(mixture.gaussians(), none);
    }

    /**
     * What the mixture says of a row's gaps.
     *
     * @param row d values in the order of the mixture's columns, NaN where one is missing
     * @return the distribution of whole rows that agree with what is there
     * @throws IllegalArgumentException if there are not d values or one is infinite
     */
    public Completion complete(double[] row) {
        if (row.length != mixture.dimension()) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " values for a mixture of " + mixture.dimension() + " columns");
        }
        BitSet gaps = new BitSet();
        for (int j = 0; j < row.length; j++) {
            if (Double.isInfinite(row[j])) {
                throw new IllegalArgumentException(
                        "column \"" + mixture.columns().get(j) + "\" is " + row[j]
                                + "; every value must be a finite number, or NaN for a gap");
            }
            if (Double.isNaN(row[j])) {
                gaps.set(j);
            }
        }
        Pattern pattern;
        synchronized (patterns) {
            pattern = patterns.get(gaps);
        }
        return new Completion(mixture, degreesOfFreedom, pattern, row);
    }

    /**
     * Rows with the conditional mean E[x_m | x_o] in their gaps.
     *
     * @param rows n rows in the order of the mixture's columns
     * @return a view that completes each row when it is read; the rows themselves if they have no gaps
     * @throws IllegalArgumentException if there are not d columns
     */
    public Rows complete(Rows rows) {
        if (rows.dimension() != mixture.dimension()) {
            throw new IllegalArgumentException(
                    "rows of " + rows.dimension() + " columns for a mixture of " + mixture.dimension() + " columns");
        }
        return rows.gapped() ? new CompletedRows(rows, this) : rows;
    }
}
