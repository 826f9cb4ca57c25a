package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mixtura.entropy.Entropy;
import org.mixtura.entropy.Series;
import org.mixtura.integration.Estimate;

/** An entropy, how exact it is and how it was found, for people and for programs. */
final class EntropyReport {
    private final double value;
    private final double error;
    private final String method;
    private final long evaluations;
    private final Optional<Series> series;
    private final Entropy.Bounds bounds;
    /** Whether the bounds are the answer. */
    private final boolean boundsWanted;

    private EntropyReport(
            double value,
            double error,
            String method,
            long evaluations,
            Optional<Series> series,
            Entropy.Bounds bounds,
            boolean boundsWanted) {
        this.value = value;
        this.error = error;
        this.method = method;
        this.evaluations = evaluations;
        this.series = series;
        this.bounds = bounds;
        this.boundsWanted = boundsWanted;
    }

    static EntropyReport of(Estimate estimate, Entropy.Bounds bounds) {
        return new EntropyReport(
                estimate.value(),
                estimate.error(),
                estimate.method().label(),
                estimate.evaluations(),
                Optional.empty(),
                bounds,
                false);
    }

    /** A series; its error is the distance to the farther bound, since its truncation is not known. */
    static EntropyReport of(Series series, String method, Entropy.Bounds bounds) {
        double value = series.value();
        double farther = Math.max(bounds.upper() - value, value - bounds.lower());
        return new EntropyReport(
                value, farther + series.roundingBound(), method, series.terms(), Optional.of(series), bounds, false);
    }

    /** The middle of the bounds. */
    static EntropyReport of(Entropy.Bounds bounds) {
        Estimate middle = Estimate.between(bounds.lower(), bounds.upper());
        return new EntropyReport(
                middle.value(), middle.error(), middle.method().label(), 0, Optional.empty(), bounds, true);
    }

    String json() {
        return Json.object(json -> {
            json.number("value", value)
                    .number("error", error)
                    .text("method", method)
                    .integer("evaluations", evaluations);
            series.ifPresent(sum -> json.integer("order", sum.order())
                    .number("cutoff", sum.cutoff())
                    .number("rounding_bound", sum.roundingBound())
                    .numbers("moments", sum.moments().values()));
            if (boundsWanted) {
                json.number("lower", bounds.lower())
                        .number("upper", bounds.upper())
                        .member(
                                "bounds",
                                members -> members.number("conditional_lower", bounds.conditionalLower())
                                        .number("huber_jensen_lower", bounds.jensenLower())
                                        .number("kolchinsky_tracey_bhattacharyya_lower", bounds.bhattacharyyaLower())
                                        .number("conditional_plus_label_upper", bounds.labelUpper())
                                        .number("moment_matched_gaussian_upper", bounds.gaussianUpper())
                                        .number("kolchinsky_tracey_kl_upper", bounds.kullbackLeiblerUpper()));
            }
        });
    }

    /**
     * Some lines.
     *
     * @param tolerance the error that was wanted
     */
    String text(double tolerance) {
        List<String> lines = new ArrayList<>();
        if (series.isPresent()) {
            Series sum = series.get();
            lines.add("Entropy   " + Digits.significant(value, 10) + " nats by the " + method + " series of order "
                    + sum.order());
            lines.add("Terms     " + Digits.count(sum.terms()) + " about the density "
                    + Digits.significant(sum.cutoff(), 6));
            lines.add("Rounding  at most " + Digits.significant(sum.roundingBound(), 2)
                    + " nats; what the series leaves" + " out is not known");
        } else {
            lines.add("Entropy   " + Digits.withError(value, error) + " nats");
            lines.add("Method    " + method + (evaluations > 0 ? ", " + Digits.count(evaluations, "evaluation") : ""));
            if (!boundsWanted && error > tolerance) {
                lines.add("          the tolerance of " + Digits.exact(tolerance)
                        + " was not reached; raise --draws or --tolerance");
            }
        }
        lines.add(
                "Bounds    " + Digits.significant(bounds.lower(), 7) + " to " + Digits.significant(bounds.upper(), 7));
        if (boundsWanted) {
            TextTable table = new TextTable(2, 0);
            table.add("lower: conditional", Digits.significant(bounds.conditionalLower(), 7))
                    .add("lower: Huber, Jensen", Digits.significant(bounds.jensenLower(), 7))
                    .add("lower: Kolchinsky-Tracey", Digits.significant(bounds.bhattacharyyaLower(), 7))
                    .add("upper: conditional and labels", Digits.significant(bounds.labelUpper(), 7))
                    .add("upper: one Gaussian", Digits.significant(bounds.gaussianUpper(), 7))
                    .add("upper: Kolchinsky-Tracey", Digits.significant(bounds.kullbackLeiblerUpper(), 7));
            lines.addAll(table.render(2));
        }
        return String.join("\n", lines) + "\n";
    }
}
