package org.mixtura.cli;

import java.time.LocalDate;
import java.time.ZoneId;
import org.mixtura.integration.Estimate;

/** A comparison of two models as a page. Alone in knowing of reports, as {@link FitPage}. */
final class ComparisonPage {
    private final Comparison comparison;

    ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * The page.
     *
     * @param nameA what to call the first model
     * @param nameB what to call the second
     */
    org.mixtura.report.ComparisonReport report(String nameA, String nameB) {
        return org.mixtura.report.ComparisonReport.of(comparison.plan())
                .names(nameA, nameB)
                .made(LocalDate.now(ZoneId.systemDefault()).toString())
                .distance("Jensen–Shannon", comparison.jensenShannon(), "nats, at most 0.693")
                .distance("Total variation", comparison.totalVariation(), "at most 1")
                .distance("Hellinger", comparison.hellinger(), "at most 1")
                .distance("KL(A‖B)", comparison.klAb(), "nats")
                .distance("KL(B‖A)", comparison.klBa(), "nats")
                .distance("Cauchy–Schwarz", Estimate.exact(comparison.cauchySchwarz()), "nats")
                .distance("L2 squared", Estimate.exact(comparison.squaredL2()), "a density");
    }
}
