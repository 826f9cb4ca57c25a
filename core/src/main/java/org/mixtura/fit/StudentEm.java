package org.mixtura.fit;

import java.util.Map;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.StudentMixture;

/**
 * Fits a mixture of Student distributions by expectation-maximisation; made by {@link Em#withTails}.
 *
 * <p>Components have heavy tails, so that rows far out pull little at their locations and scales; how heavy is estimated with the
 * rest ({@link Tails}). A given start is one of Gaussians, whose covariances become the scales. With rows that hold no outliers
 * the degrees of freedom grow large and the fit comes near the Gaussian one. Of rows with gaps the likelihood is that of the values
 * that are there, as in {@link Em}.
 *
 * <p>A search tries degrees of freedom by Fisher's scoring besides, and takes them where the objective is no lower: EM's own steps
 * creep where they are many. {@link Search#NONE} is the EM of textbooks.
 */
public final class StudentEm implements Estimator<StudentMixture> {
    private final Em em;
    private final Tails tails;

    StudentEm(Em em, Tails tails) {
        this.em = em;
        this.tails = tails;
    }

    /**
     * Fits the mixture.
     *
     * @param rows n rows of d columns
     * @return the fit, its components heaviest first unless they started from a model or labels
     * @throws IllegalArgumentException as {@link Em#fit}, or if rows have covariances of their own
     * @throws IllegalStateException if the objective falls, which would be a defect
     */
    @Override
    public Fit<StudentMixture> fit(Rows rows) {
        if (em.regularization().shrinkage() > 0) {
            throw new IllegalArgumentException(
                    "mclust's prior is for Gaussians without tails; leave the prior or the tails out");
        }
        Scan.refuseCovariances(rows, "a fit with tails");
        return em.fit(
                rows,
                (gaussians, summary) -> new StudentLikelihood(gaussians, tails, summary, em.components()),
                this::describe);
    }

    private void describe(Map<String, String> options) {
        options.put("tails", tails.toString());
    }

    @Override
    public String toString() {
        Map<String, String> options = em.options(em.settings().tolerance());
        describe(options);
        return options.toString();
    }
}
