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

    private void components(GaussianMixture mixture) {
        line(
                "%d components, %s: weight, then mean ± standard deviation of each column",
                mixture.size(), mixture.structure().label());
        line("%8s  %s", "", String.join("  ", mixture.columns()));
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian component = mixture.component(k);
            StringBuilder cells = new StringBuilder();
            for (int j = 0; j < mixture.dimension(); j++) {
                cells.append(String.format(
                        Locale.ROOT,
                        "  %.6g ± %.3g",
                        component.mean(j),
                        Math.sqrt(component.covariance().get(j, j))));
            }
            line("%8.5f%s", mixture.weight(k), cells);
        }
        line("");
    }

    private void figures(GaussianMixtureSummary summary) {
        line("Rows            %,d of weight %s", summary.numRows(), summary.totalWeight());
        line(
                "Log-likelihood  %.3f, %.6f per row",
                summary.logLikelihood(), summary.logLikelihood() / summary.totalWeight());
        line(
                "Criteria        AIC %.2f, BIC %.2f, ICL %.2f (lower is better)",
                summary.aic(), summary.bic(), summary.icl());
        line("Stopped         after %d rounds over all rows, %s", summary.numIter(), summary.stopReason());
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
