package org.mixtura.cli;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.mixtura.data.Rows;
import org.mixtura.report.Candidate;
import org.mixtura.report.Report;

/** What a fit came to, as a page. Alone in knowing of reports, so that a fit without one does not load their module. */
final class FitPage {
    private final Outcome outcome;
    private final Rows rows;
    private final Summary summary;

    FitPage(Outcome outcome, Rows rows, Summary summary) {
        this.outcome = outcome;
        this.rows = rows;
        this.summary = summary;
    }

    /**
     * The page.
     *
     * @param warnings what to say first
     */
    Report report(List<String> warnings, int threads) {
        Report report = Report.of(outcome.fit(), outcome.file().components(), rows)
                .source(summary.source(), summary.rowsRead(), summary.rowsDropped(), summary.notes())
                .candidates(
                        outcome.criterion(),
                        outcome.choices().stream().map(FitPage::candidate).toList())
                .warnings(warnings)
                .made(LocalDate.now(ZoneId.systemDefault()).toString())
                .threads(threads);
        Report noisy = outcome.noisy().map(report::noise).orElse(report);
        return outcome.posterior()
                .map(found -> noisy.posterior(found.posterior()))
                .orElse(noisy);
    }

    private static Candidate candidate(Choice choice) {
        return choice.fit()
                .map(fit -> Candidate.fitted(choice.components(), choice.structure(), fit))
                .or(() -> choice.estimate().map(Candidate::estimated))
                .orElseGet(() -> Candidate.failed(choice.components(), choice.structure(), choice.failure()));
    }
}
