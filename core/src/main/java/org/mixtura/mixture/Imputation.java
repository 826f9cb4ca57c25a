package org.mixtura.mixture;

import java.util.BitSet;
import java.util.stream.IntStream;
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
 * <p>Rows that miss the same columns share the work of a Cholesky factor, which is kept while there is room. Safe for several
 * threads.
 */
public final class Imputation {
    private final GaussianMixture mixture;
    private final RecentPatterns<BitSet, Pattern> patterns;

    /** What is prepared for the rows that miss the same columns. */
    static final class Pattern {
        /** The columns that are there; the whole mixture if none is. */
        final GaussianMixture marginal;

        final MarginalForms forms;

        Pattern(GaussianMixture mixture, BitSet gaps) {
            forms = new MarginalForms(mixture.forms(), gaps);
            String[] names = IntStream.of(forms.observed())
                    .mapToObj(mixture.columns()::get)
                    .toArray(String[]::new);
            marginal = names.length == 0 ? mixture : mixture.marginal(names);
        }
    }

    private Imputation(GaussianMixture mixture) {
        this.mixture = mixture;
        long size = 4L * mixture.size() * (mixture.dimension() + 2) * (mixture.dimension() + 2);
        this.patterns = new RecentPatterns<>(size, gaps -> new Pattern(mixture, gaps));
    }

    /**
     * Completes rows by a mixture.
     *
     * @param mixture the distribution of whole rows
     * @return the imputation
     */
    public static Imputation of(GaussianMixture mixture) {
        return new Imputation(mixture);
    }

    /** {@return the mixture} */
    public GaussianMixture mixture() {
        return mixture;
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
        return new Completion(mixture, pattern, row);
    }
}
