package org.mixtura.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
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
        long began = System.nanoTime();
        SearchSettings settings = em.settings();
        em.checkStart(rows);
        if (em.regularization().shrinkage() > 0) {
            throw new IllegalArgumentException(
                    "mclust's prior is for Gaussians without tails; leave the prior or the tails out");
        }
        Scan.refuseCovariances(rows, "a fit with tails");
        Labelling labelling = em.labelling(rows, 0);
        RowSummary summary = settings.summary(rows);
        Task.requireEnoughRows(rows, settings.components);
        Em.requireSpread(rows.columns(), summary, em.regularization());
        MaximumLikelihood gaussians = em.algorithm(summary, rows.columns());
        StudentLikelihood algorithm = new StudentLikelihood(gaussians, tails, summary);
        long parameters = em.freeParameters(rows.dimension()) + tails.parameters(settings.components);
        Function<Initialization.Start, Moments> beginning =
                labelling.beginning(settings.initialization, summary, settings.threads);
        Task.Result<StudentMixture> result = new Task<>(
                        settings,
                        labelling.rows(),
                        summary,
                        labelling.heeded(algorithm),
                        parameters,
                        start -> algorithm.first(em.first(gaussians, start, beginning)))
                .run(em.mending());
        StudentMixture fitted = result.best().parameters().translated(summary.origin());
        StudentMixture model = settings.initialization.randomized() ? fitted.canonical(em.pinned()) : fitted;
        return new Fit.Builder<>(model)
                .reached(result)
                .rows(rows.count())
                .freeParameters(parameters)
                .seed(settings.seed)
                .warnings(warnings(model, parameters, summary))
                .options(options(rows, Double.toString(result.tolerance().value())))
                .seconds((System.nanoTime() - began) / 1e9)
                .build();
    }

    private List<String> warnings(StudentMixture model, long parameters, RowSummary summary) {
        List<String> warnings = new ArrayList<>(Em.warnings(model.gaussians(), parameters, summary));
        double[] freedom = model.degreesOfFreedom();
        for (int k = 0; k < freedom.length; k++) {
            if (tails.parameters(1) > 0 && freedom[k] <= Tails.LEAST) {
                warnings.add("component " + (k + 1) + " of " + model.size() + " has " + freedom[k]
                        + " degrees of freedom, the fewest allowed: its rows have no one scale");
            }
        }
        return warnings;
    }

    private Map<String, String> options(Rows rows, String tol) {
        Map<String, String> options = new LinkedHashMap<>(em.options(rows, tol));
        options.put("tails", tails.toString());
        return options;
    }

    @Override
    public String toString() {
        Map<String, String> options =
                new LinkedHashMap<>(em.options(em.settings().tolerance()));
        options.put("tails", tails.toString());
        return options.toString();
    }
}
