package org.mixtura.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mixtura.bayes.GaussianPrior;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.WeightPrior;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Tails;
import org.mixtura.fit.VariationalBayes;
import org.mixtura.integration.Estimate;
import org.mixtura.integration.Method;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.mixture.StudentT;
import org.mixtura.transport.Transport;

/** Reports of fits to rows that were drawn for the purpose. */
final class Fits {
    /** Names that must be shown and never run. */
    static final List<String> HOSTILE = List.of(
            "<script>document.title='owned'</script>",
            "\"><img src=x onerror=\"document.title='owned'\">",
            "\uD83D\uDE00 & 'quotes' \"double\" {a|b}",
            "n".repeat(1000));

    private Fits() {}

    /** Clusters at the corners of a cube, in d columns, a little noise in the sizes. */
    static Rows rows(int count, int clusters, int dimension) {
        SplittableRandom random = new SplittableRandom(count + 31L * clusters + dimension);
        double[][] values = new double[count][dimension];
        for (int i = 0; i < count; i++) {
            int cluster = i % clusters;
            for (int j = 0; j < dimension; j++) {
                double centre = 6 * ((cluster >> (j % 6)) & 1) + cluster;
                values[i][j] = centre + random.nextGaussian() * (1 + 0.2 * (j % 3));
            }
        }
        return Rows.of(Matrix.of(values));
    }

    static Report fit(int components, Rows rows) {
        return Report.of(Em.components(components).restarts(3).fit(rows), rows)
                .source("rows.csv", rows.count(), 0, List.of());
    }

    /** With candidates, a warning, dropped rows: every part of a report. */
    static Report whole() {
        Rows rows = rows(600, 3, 4).named(HOSTILE);
        List<Candidate> candidates = new ArrayList<>();
        Fit<GaussianMixture> chosen =
                Em.components(3).covariance(CovarianceStructure.TIED).seed(7).fit(rows);
        candidates.add(Candidate.fitted(3, CovarianceStructure.TIED, chosen));
        for (int k : new int[] {2, 3, 4}) {
            candidates.add(Candidate.fitted(
                    k, CovarianceStructure.FULL, Em.components(k).fit(rows)));
        }
        candidates.add(Candidate.failed(601, CovarianceStructure.FULL, "more components than rows"));
        return Report.of(chosen, rows)
                .source("<i>data.csv", 620, 20, List.of("dropped 20 rows with empty cells"))
                .candidates(Criterion.BIC, candidates)
                .warnings(List.of("<b>bold</b> is a warning & a test"));
    }

    /** Two mixtures of the same hostile columns, of different sizes and structures. */
    static ComparisonReport comparison() {
        Rows rows = rows(600, 4, 4).named(HOSTILE);
        GaussianMixture a = Em.components(3).restarts(2).fit(rows).model();
        GaussianMixture b = Em.components(4)
                .covariance(CovarianceStructure.DIAGONAL)
                .restarts(2)
                .fit(rows)
                .model();
        return ComparisonReport.of(Transport.between(a, b))
                .names("models/<i>a.json", "b.json")
                .distance("Total variation", new Estimate(0.25, 0.01, 1, Method.MONTE_CARLO), "at most 1");
    }

    /** Two clusters with tails, one of them a Gaussian. */
    static StudentMixture tailed() {
        return StudentMixture.of(
                new double[] {0.7, 0.3},
                List.of(
                        StudentT.of(
                                new double[] {0, 1}, Covariance.full(Matrix.of(new double[][] {{4, 1}, {1, 2}})), 1.5),
                        StudentT.of(
                                new double[] {20, -8},
                                Covariance.full(Matrix.of(new double[][] {{1, -0.5}, {-0.5, 3}})),
                                Double.POSITIVE_INFINITY)));
    }

    /** A report of {@link #tailed}, and of a fit to rows of it. */
    static Report tails() {
        Rows rows = Rows.of(tailed().sample(500, new SplittableRandom(2)));
        return Report.of(Em.components(2).withTails(Tails.estimated()).fit(rows), tailed(), rows);
    }

    static Report bayes() {
        Rows rows = rows(400, 2, 2);
        Fit<MixturePosterior> fit = VariationalBayes.components(6)
                .weights(WeightPrior.stickBreaking(1))
                .gaussians(GaussianPrior.normalWishart())
                .fit(rows);
        return Report.ofPosterior(fit, rows);
    }
}
