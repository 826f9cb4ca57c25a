package org.mixtura.cli;

import java.util.List;
import java.util.Map;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Tolerance;
import org.mixtura.io.MixtureFile;

/** What a fit came to, for programs: one object under the names that scikit-learn's users know. */
final class FitJson {
    private final Outcome outcome;

    FitJson(Outcome outcome) {
        this.outcome = outcome;
    }

    /**
     * The whole text.
     *
     * @param seed the seed that was asked for
     */
    String render(List<String> warnings, Summary read, long seed, Map<String, String> options, double seconds) {
        Fit<?> fit = outcome.fit();
        return Json.object(json -> {
            json.integer("n", fit.rows())
                    .integer("d", outcome.mixture().dimension())
                    .integer("components", outcome.mixture().size());
            MixtureFile.writeParameters(outcome.mixture(), json.generator());
            outcome.noisy().ifPresent(noisy -> MixtureFile.writeNoise(noisy, json.generator()));
            outcome.file().tailed().ifPresent(tailed -> MixtureFile.writeTails(tailed, json.generator()));
            outcome.posterior().ifPresent(posterior -> posterior.write(json));
            outcome.cells().ifPresent(cells -> json.number("cells_lower_bound", cells.bound()));
            json.number("log_likelihood", fit.logLikelihood())
                    .number("mean_log_likelihood", fit.meanLogLikelihood())
                    .number("objective", fit.objective())
                    .number("aic", fit.aic())
                    .number("bic", fit.bic())
                    .number("icl", fit.icl())
                    .integer("parameters", fit.freeParameters())
                    .number("total_weight", fit.totalWeight())
                    .integer("iterations", fit.iterations())
                    .truth("converged", fit.converged())
                    .text("stop_reason", fit.stopReason().label())
                    .text("stop_detail", fit.stopDetail().isEmpty() ? null : fit.stopDetail())
                    .text(
                            "tolerance_kind",
                            fit.tolerance().map(t -> t.kind().label()).orElse(null))
                    .number("tolerance", fit.tolerance().map(Tolerance::value).orElse(Double.NaN))
                    .number("left_to_gain", fit.leftToGain())
                    .number("passes", outcome.passes())
                    .number("left_out", fit.leftOut())
                    .integer("seed", seed)
                    .numbers("history", fit.history())
                    .numbers("restart_objectives", fit.restartObjectives())
                    .text("criterion", FitReport.word(outcome.criterion()))
                    .list("selection", outcome.choices(), choice -> choice(choice, json))
                    .texts("warnings", warnings)
                    .text("data", read.source())
                    .integer("rows_read", read.rowsRead())
                    .integer("rows_dropped", read.rowsDropped())
                    .list(
                            "columns_dropped",
                            read.droppedColumns(),
                            dropped -> json.text("column", dropped.name()).text("reason", dropped.reason()))
                    .member("options", members -> options.forEach(members::text))
                    .number("seconds", seconds);
        });
    }

    private void choice(Choice choice, Json json) {
        json.integer("components", choice.components())
                .text("covariance_type", choice.structure().label())
                .truth("chosen", choice.chosen());
        if (choice.known()) {
            json.truth("estimated", choice.estimate().isPresent())
                    .integer("parameters", choice.parameters())
                    .number("log_likelihood", choice.logLikelihood());
            for (Criterion criterion : Criterion.values()) {
                json.number(FitReport.word(criterion), choice.value(criterion));
            }
        }
        choice.fit()
                .ifPresent(fit -> json.integer("iterations", fit.iterations())
                        .truth("converged", fit.converged())
                        .text("stop_reason", fit.stopReason().label()));
        json.text("reason", choice.known() ? null : choice.failure());
    }
}
