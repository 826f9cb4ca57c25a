package org.mixtura.fit;

/**
 * Information criteria for the choice of a model; <em>lower is better</em> for each.
 *
 * <p>L is the log-likelihood, p the number of free parameters, W the total weight of the rows (their number if they have no
 * weights).
 */
public enum Criterion {
    /** Akaike's, −2 L + 2 p: for prediction; tends to many components. */
    AIC {
        @Override
        double value(double logLikelihood, long parameters, double totalWeight, double assignmentEntropy) {
            return -2 * logLikelihood + 2.0 * parameters;
        }
    },
    /** Bayesian, −2 L + p ln W: consistent for the number of components. */
    BIC {
        @Override
        double value(double logLikelihood, long parameters, double totalWeight, double assignmentEntropy) {
            return -2 * logLikelihood + parameters * Math.log(totalWeight);
        }
    },
    /**
     * Integrated completed likelihood, BIC + 2 Σ_n w_n H(r_n): BIC that also asks for separate components (Biernacki, Celeux
     * &amp; Govaert 2000, doi:10.1109/34.865189).
     */
    ICL {
        @Override
        double value(double logLikelihood, long parameters, double totalWeight, double assignmentEntropy) {
            return BIC.value(logLikelihood, parameters, totalWeight, assignmentEntropy) + 2 * assignmentEntropy;
        }
    };

    abstract double value(double logLikelihood, long parameters, double totalWeight, double assignmentEntropy);

    /**
     * The criterion of a fit.
     *
     * @param fit the fit
     * @return the value; lower is better
     */
    public double of(Fit<?> fit) {
        return value(fit.logLikelihood(), fit.freeParameters(), fit.totalWeight(), fit.assignmentEntropy());
    }
}
