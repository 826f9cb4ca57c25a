package org.mixtura.bayes;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What is believed of a mixture's weights before any row was seen, and what follows from counts.
 *
 * <ul>
 *   <li>{@link #fixed()}: the weights are known.
 *   <li>{@link #dirichlet()}: π ~ Dir(α); after counts N, Dir(α + N).
 *   <li>{@link #stickBreaking()}: a Dirichlet process, π_k = v_k Π_{j&lt;k} (1 − v_j) with v_k ~ Beta(1, α), cut off after K
 *       sticks (Blei &amp; Jordan 2006, <a href="https://doi.org/10.1214/06-BA104">doi:10.1214/06-BA104</a>; the last stick
 *       is free, as in scikit-learn). After counts N, v_k ~ Beta(1 + N_k, α + Σ_{j&gt;k} N_j).
 * </ul>
 */
public abstract sealed class WeightPrior {
    /** What the prior was made with: π or α; empty for the default. */
    private final double[] parameters;

    private WeightPrior(double... parameters) {
        this.parameters = parameters;
    }

    /** {@return known and equal weights, 1/K each} */
    public static WeightPrior fixed() {
        return new Fixed();
    }

    /**
     * Known weights.
     *
     * @param weights π, K numbers that are not negative and sum to one within 1e-9; copied
     * @return the prior
     * @throws IllegalArgumentException if a weight is negative or they do not sum to one
     */
    public static WeightPrior fixed(double[] weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] >= 0)) {
                throw new IllegalArgumentException(
                        "weight of component " + k + " is " + weights[k] + "; a weight is between 0 and 1");
            }
            sum += weights[k];
        }
        if (!(Math.abs(sum - 1) <= Fixed.SUM)) {
            throw new IllegalArgumentException("weights sum to " + sum + "; they must sum to 1 within " + Fixed.SUM);
        }
        return new Fixed(weights.clone());
    }

    /** {@return a Dirichlet prior with α = 1/K for each component, scikit-learn's default} */
    public static WeightPrior dirichlet() {
        return new Symmetric();
    }

    /**
     * A symmetric Dirichlet prior. Small values let components empty, large ones keep all in use.
     *
     * @param concentration α of each component, positive and finite
     * @return the prior
     * @throws IllegalArgumentException if α is not positive and finite
     */
    public static WeightPrior dirichlet(double concentration) {
        return new Symmetric(requireConcentration(concentration));
    }

    /**
     * A Dirichlet prior with a concentration for each component.
     *
     * @param concentration α, K values, positive and finite; copied
     * @return the prior
     * @throws IllegalArgumentException if there is no value or one is not positive and finite
     */
    public static WeightPrior dirichlet(double[] concentration) {
        return new General(Dirichlet.of(concentration).concentration());
    }

    /** {@return a Dirichlet process with α = 1/K, scikit-learn's default} */
    public static WeightPrior stickBreaking() {
        return new StickBreaking();
    }

    /**
     * A Dirichlet process, cut off after as many sticks as the fit has components.
     *
     * @param concentration α, positive and finite; about α ln(1 + n/α) components are expected among n rows
     * @return the prior
     * @throws IllegalArgumentException if α is not positive and finite
     */
    public static WeightPrior stickBreaking(double concentration) {
        return new StickBreaking(requireConcentration(concentration));
    }

    private static double requireConcentration(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weight concentration alpha is " + value + "; it is positive and finite");
        }
        return value;
    }

    /**
     * What is believed after rows were counted.
     *
     * @param counts N, the weight of the rows that each component owns, K values; zeros give the prior itself
     * @return the posterior
     * @throws IllegalArgumentException if this prior is for another number of components
     */
    public abstract WeightPosterior posterior(double[] counts);

    /** {@return whether the components may change places: they have the same prior and their order means nothing} */
    public abstract boolean exchangeable();

    /**
     * {@return whether the order of the components matters and the bound is highest with the largest count first, as under
     * stick breaking}
     */
    public boolean favoursLargestFirst() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightPrior prior
                && getClass() == prior.getClass()
                && Arrays.equals(parameters, prior.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * getClass().hashCode() + Arrays.hashCode(parameters);
    }

    /** The one concentration of a prior, 1/K if it was left to the default. */
    double concentration(int components) {
        return parameters.length == 0 ? 1.0 / components : parameters[0];
    }

    /** What the prior was made with, for people. */
    String described(String whenDefault) {
        return switch (parameters.length) {
            case 0 -> whenDefault;
            case 1 -> Double.toString(parameters[0]);
            default -> Arrays.toString(parameters);
        };
    }

    boolean allEqual() {
        return Arrays.stream(parameters).allMatch(p -> p == parameters[0]);
    }

    private static void requireSize(int expected, int components) {
        if (expected != components) {
            throw new IllegalArgumentException(
                    "the weight prior is for " + expected + " components, not " + components);
        }
    }

    private static final class Fixed extends WeightPrior {
        private static final double SUM = 1e-9;

        Fixed(double... weights) {
            super(weights);
        }

        @Override
        public WeightPosterior posterior(double[] counts) {
            double[] weights = super.parameters;
            if (weights.length == 0) {
                weights = new double[counts.length];
                Arrays.fill(weights, 1.0 / counts.length);
            }
            requireSize(weights.length, counts.length);
            double[] logs = Arrays.stream(weights).map(Math::log).toArray();
            return new WeightPosterior(weights, logs, List.of(), List.of());
        }

        @Override
        public boolean exchangeable() {
            return allEqual();
        }

        @Override
        public String toString() {
            return "fixed " + described("1/K");
        }
    }

    /** One concentration for all components. */
    private static final class Symmetric extends WeightPrior {
        Symmetric(double... concentration) {
            super(concentration);
        }

        @Override
        public WeightPosterior posterior(double[] counts) {
            double[] alpha = new double[counts.length];
            Arrays.fill(alpha, concentration(counts.length));
            return counted(alpha, counts);
        }

        @Override
        public boolean exchangeable() {
            return true;
        }

        @Override
        public String toString() {
            return "dirichlet " + described("1/K");
        }
    }

    /** A concentration for each component. */
    private static final class General extends WeightPrior {
        General(double[] concentration) {
            super(concentration);
        }

        @Override
        public WeightPosterior posterior(double[] counts) {
            return counted(super.parameters, counts);
        }

        @Override
        public boolean exchangeable() {
            return allEqual();
        }

        @Override
        public String toString() {
            return "dirichlet " + described("");
        }
    }

    private static WeightPosterior counted(double[] alpha, double[] counts) {
        requireSize(alpha.length, counts.length);
        double[] sum = new double[alpha.length];
        for (int k = 0; k < sum.length; k++) {
            sum[k] = alpha[k] + counts[k];
        }
        Dirichlet posterior = Dirichlet.of(sum);
        return new WeightPosterior(
                posterior.mean(), posterior.expectedLog(), List.of(posterior), List.of(Dirichlet.of(alpha)));
    }

    private static final class StickBreaking extends WeightPrior {
        StickBreaking(double... concentration) {
            super(concentration);
        }

        @Override
        public WeightPosterior posterior(double[] counts) {
            int components = counts.length;
            double alpha = concentration(components);
            Dirichlet[] sticks = new Dirichlet[components];
            double beyond = 0;
            for (int k = components - 1; k >= 0; k--) {
                sticks[k] = Dirichlet.of(1 + counts[k], alpha + beyond);
                beyond += counts[k];
            }
            double[] mean = new double[components];
            double[] expectedLog = new double[components];
            double left = 1;
            double expectedLogLeft = 0;
            double sum = 0;
            for (int k = 0; k < components; k++) {
                double[] share = sticks[k].mean();
                double[] logShare = sticks[k].expectedLog();
                mean[k] = left * share[0];
                expectedLog[k] = expectedLogLeft + logShare[0];
                left *= share[1];
                expectedLogLeft += logShare[1];
                sum += mean[k];
            }
            for (int k = 0; k < components; k++) {
                mean[k] /= sum;
            }
            List<Dirichlet> priors = Collections.nCopies(components, Dirichlet.of(1, alpha));
            return new WeightPosterior(mean, expectedLog, List.of(sticks), priors);
        }

        @Override
        public boolean exchangeable() {
            return false;
        }

        @Override
        public boolean favoursLargestFirst() {
            return true;
        }

        @Override
        public String toString() {
            return "stick-breaking " + described("1/K");
        }
    }
}
