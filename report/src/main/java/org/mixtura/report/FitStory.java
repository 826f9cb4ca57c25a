package org.mixtura.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mixtura.bayes.MixturePosterior;
import org.mixtura.bayes.WeightPosterior;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.fit.StopReason;
import org.mixtura.report.page.PageData;

/** Writes how a fit came about: figures, choice, course. All that this module knows of fits stands here. */
final class FitStory {
    private final Fit<?> fit;

    FitStory(Fit<?> fit) {
        this.fit = fit;
    }

    /** What a reader should know of the fit before anything else, in sentences. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        switch (fit.stopReason()) {
            case CONVERGED -> {}
            case MAX_ITERATIONS ->
                warnings.add("not converged after " + fit.iterations()
                        + " iterations; raise the limit of iterations or the tolerance");
            case COLLAPSED ->
                warnings.add("the fit collapsed: " + fit.stopDetail()
                        + "; keep the regularization or ask for fewer components");
            case CANCELLED -> warnings.add("the fit was cancelled after " + fit.iterations() + " iterations");
        }
        warnings.addAll(fit.warnings());
        return warnings;
    }

    boolean converged() {
        return fit.stopReason() == StopReason.CONVERGED;
    }

    /** The member "fit". */
    void write(PageData data, Optional<MixturePosterior> posterior) {
        data.object("fit", member -> {
            member.number("logLikelihood", fit.logLikelihood())
                    .number("meanLogLikelihood", fit.meanLogLikelihood())
                    .number("objective", fit.objective())
                    .number("totalWeight", fit.totalWeight())
                    .integer("rows", fit.rows())
                    .integer("parameters", fit.freeParameters());
            for (Criterion criterion : Criterion.values()) {
                member.number(word(criterion), criterion.of(fit));
            }
            member.integer("iterations", fit.iterations())
                    .text("stop", fit.stopReason().label())
                    .numbers("history", fit.history())
                    .numbers("restarts", fit.restartObjectives())
                    .integer("seed", fit.seed())
                    .number("seconds", fit.seconds())
                    .objects("options", fit.options().entrySet(), option -> writeOption(member, option))
                    .truth("variational", posterior.isPresent());
            posterior.ifPresent(found -> writeWeights(member, found));
        });
    }

    private static void writeOption(PageData data, Map.Entry<String, String> option) {
        data.text("name", option.getKey()).text("value", option.getValue());
    }

    /** E[π] before and after the rows were seen. */
    private static void writeWeights(PageData data, MixturePosterior posterior) {
        WeightPosterior before = posterior.prior().withoutRows().weights();
        data.numbers("priorWeights", before.mean())
                .numbers("posteriorWeights", posterior.weights().mean())
                .integer("inUse", posterior.componentsInUse());
    }

    /** The members "criterion" and "candidates". */
    void writeChoice(PageData data, Criterion criterion, List<Candidate> candidates) {
        data.text("criterion", word(criterion)).objects("candidates", candidates, candidate -> {
            data.integer("components", candidate.components())
                    .text("structure", candidate.structure().label())
                    .truth("chosen", candidate.fit().filter(own -> own == fit).isPresent())
                    .truth("estimated", candidate.estimate().isPresent())
                    .text("failure", candidate.failure());
            candidate.fit().ifPresent(other -> {
                data.integer("parameters", other.freeParameters())
                        .number("logLikelihood", other.logLikelihood())
                        .text("stop", other.stopReason().label());
                for (Criterion each : Criterion.values()) {
                    data.number(word(each), each.of(other));
                }
            });
            candidate.estimate().ifPresent(other -> {
                data.integer("parameters", other.freeParameters())
                        .number("logLikelihood", other.logLikelihood())
                        .text("stop", "");
                for (Criterion each : Criterion.values()) {
                    data.number(word(each), other.value(each));
                }
            });
        });
    }

    private static String word(Criterion criterion) {
        return criterion.name().toLowerCase(Locale.ROOT);
    }
}
