package org.mixtura.spark;

import java.util.List;
import java.util.Locale;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** What a fit came to, for people. */
final class FitText {
    private final StringBuilder text = new StringBuilder();

    private FitText() {}

    /** A criterion by its name; lower is better. */
    static double criterion(GaussianMixtureSummary summary, String name) {
        return switch (name) {
            case "aic" -> summary.aic();
            case "icl" -> summary.icl();
            default -> summary.bic();
        };
    }

    static String of(List<GaussianMixtureModel> candidates, GaussianMixtureModel best, String criterion) {
        FitText report = new FitText();
        if (candidates.size() > 1) {
            report.line("Choice by %s, lower is better", criterion.toUpperCase(Locale.ROOT));
            for (GaussianMixtureModel candidate : candidates) {
                report.line(
                        "%s %3d %-14s %.2f%s",
                        candidate == best ? "→" : " ",
                        candidate.mixture().size(),
                        candidate.getCovarianceType(),
                        criterion(candidate.summary(), criterion),
                        candidate.summary().stopReason().equals("converged")
                                ? ""
                                : "  " + candidate.summary().stopReason());
            }
            report.line("");
        }
        report.components(best.mixture());
        report.figures(best.summary());
        return report.text.toString();
    }

    /** One line per column of the table, one column per component. */
    private void components(GaussianMixture mixture) {
        line(
                "%d components, %s: mean ± standard deviation",
                mixture.size(), mixture.structure().label());
        int width = Math.max(
                6, mixture.columns().stream().mapToInt(String::length).max().orElse(0));
        StringBuilder weights = new StringBuilder(padded("weight", width));
        for (double weight : mixture.weights()) {
            weights.append(String.format(Locale.ROOT, "  %22.5f", weight));
        }
        line("%s", weights);
        for (int j = 0; j < mixture.dimension(); j++) {
            StringBuilder cells = new StringBuilder(padded(mixture.columns().get(j), width));
            for (Gaussian component : mixture.components()) {
                double deviation = Math.sqrt(component.covariance().get(j, j));
                String cell = String.format(Locale.ROOT, "%.6g ± %.3g", component.mean(j), deviation);
                cells.append(String.format(Locale.ROOT, "  %22s", cell));
            }
            line("%s", cells);
        }
        line("");
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    private void figures(GaussianMixtureSummary summary) {
        line("Rows            %,d of weight %s", summary.numRows(), summary.totalWeight());
        line(
                "Log-likelihood  %.3f, %.6f per row",
                summary.logLikelihood(), summary.logLikelihood() / summary.totalWeight());
        line(
                "Criteria        AIC %.2f, BIC %.2f, ICL %.2f (lower is better)",
                summary.aic(), summary.bic(), summary.icl());
        line("Stopped         %s; rounds over all rows: %d", summary.stopReason(), summary.numIter());
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
