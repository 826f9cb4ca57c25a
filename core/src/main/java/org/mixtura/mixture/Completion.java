package org.mixtura.mixture;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mixtura.kernel.MarginalForms;

/**
 * The distribution of a row's missing values given the others: a mixture again, with the responsibilities of the values that are
 * there for weights. See {@link Imputation}.
 */
public final class Completion {
    private final MarginalForms forms;
    private final double[] row;
    private final double[] responsibilities;
    /** E[x_m | x_o, k], K × |m|. */
    private final double[][] means;

    private final List<ConditionalTail> tails = new ArrayList<>();

    Completion(GaussianMixture mixture, double[] degreesOfFreedom, Imputation.Pattern pattern, double[] row) {
        this.forms = pattern.forms;
        this.row = row.clone();
        int[] observed = forms.observed();
        int[] missing = forms.missing();
        double[] values = new double[observed.length];
        for (int j = 0; j < observed.length; j++) {
            values[j] = row[observed[j]];
        }
        this.responsibilities = pattern.responsibilities.apply(values);
        this.means = new double[mixture.size()][missing.length];
        double[] deviation = new double[observed.length];
        for (int k = 0; k < means.length; k++) {
            Gaussian component = mixture.component(k);
            for (int j = 0; j < observed.length; j++) {
                deviation[j] = values[j] - component.mean(observed[j]);
            }
            forms.regress(k, deviation, means[k]);
            for (int i = 0; i < missing.length; i++) {
                means[k][i] += component.mean(missing[i]);
            }
            double square =
                    observed.length == 0 ? 0 : pattern.marginal.component(k).mahalanobisSquared(values);
            tails.add(ConditionalTail.of(degreesOfFreedom[k], observed.length, square));
        }
    }

    /** {@return how many values of the row are missing} */
    public int gaps() {
        return forms.missing().length;
    }

    /** {@return the probabilities of the components given the values that are there, K values that sum to one} */
    public double[] responsibilities() {
        return responsibilities.clone();
    }

    /**
     * The row with the conditional mean E[x_m | x_o] in its gaps; a component with so heavy a tail that it has no mean counts with
     * its location.
     *
     * @return d values
     */
    public double[] mean() {
        double[] filled = row.clone();
        int[] missing = forms.missing();
        for (int i = 0; i < missing.length; i++) {
            filled[missing[i]] = mean(i);
        }
        return filled;
    }

    private double mean(int gap) {
        double sum = 0;
        for (int k = 0; k < means.length; k++) {
            sum += responsibilities[k] * means[k][gap];
        }
        return sum;
    }

    /**
     * The standard deviation of each value given those that are there: 0 where there is one, infinite where a component with a share
     * in the row has so heavy a tail that it has none.
     *
     * @return d values
     */
    public double[] standardDeviation() {
        double[] deviations = new double[row.length];
        int[] missing = forms.missing();
        for (int i = 0; i < missing.length; i++) {
            double mean = mean(i);
            double variance = 0;
            for (int k = 0; k < means.length; k++) {
                if (responsibilities[k] > 0) {
                    double away = means[k][i] - mean;
                    double own = forms.covariance(k, i, i) * tails.get(k).variance();
                    variance += responsibilities[k] * (own + away * away);
                }
            }
            deviations[missing[i]] = Math.sqrt(variance);
        }
        return deviations;
    }

    /**
     * Draws the missing values: a component by its responsibility, then a point of its conditional.
     *
     * @param random the source of randomness; the same source in the same state gives the same values
     * @return the row with a draw in its gaps, d values
     */
    public double[] draw(RandomGenerator random) {
        double[] filled = row.clone();
        int[] missing = forms.missing();
        if (missing.length == 0) {
            return filled;
        }
        int k = MixtureWeights.draw(responsibilities, random);
        double[] z = new double[missing.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
        }
        double[] away = forms.unwhiten(k, z);
        double width = tails.get(k).width(random);
        for (int i = 0; i < missing.length; i++) {
            filled[missing[i]] = means[k][i] + away[i] * width;
        }
        return filled;
    }
}
