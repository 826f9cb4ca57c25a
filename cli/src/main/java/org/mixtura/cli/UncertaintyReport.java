package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mixtura.fit.Uncertainty;
import org.mixtura.mixture.GaussianMixture;

/** The standard errors and intervals of a mixture's parameters, for people and for programs. */
final class UncertaintyReport {
    private final Uncertainty uncertainty;
    private final double level;

    UncertaintyReport(Uncertainty uncertainty, double level) {
        this.uncertainty = uncertainty;
        this.level = level;
    }

    private static double deviation(GaussianMixture mixture, int component, int column) {
        return Math.sqrt(mixture.component(component).covariance().get(column, column));
    }

    /**
     * The tables.
     *
     * @param read what was read, in lines
     */
    String text(List<String> read) {
        GaussianMixture mixture = uncertainty.mixture();
        TextTable table = new TextTable(5, 1);
        String percent = Digits.exact(100 * level) + " %";
        table.add("label", "quantity", "estimate ± standard error", percent + " from", "to");
        for (int component = 0; component < mixture.size(); component++) {
            int k = component;
            line(table, k, "weight", m -> m.weight(k));
            for (int column = 0; column < mixture.dimension(); column++) {
                int j = column;
                String name = mixture.columns().get(j);
                line(table, k, "mean of " + name, m -> m.component(k).mean()[j]);
                line(table, k, "deviation of " + name, m -> deviation(m, k, j));
            }
        }
        List<String> lines = new ArrayList<>(read);
        lines.add("Fitted again " + Digits.count(uncertainty.replicates().size(), "time") + " under random weights");
        if (uncertainty.collapsed() > 0) {
            lines.add("  " + uncertainty.collapsed() + " more collapsed and are left out");
        }
        lines.add("");
        lines.addAll(table.render(2));
        return String.join("\n", lines) + "\n";
    }

    private void line(TextTable table, int component, String name, ToDoubleFunction<GaussianMixture> quantity) {
        double[] interval = uncertainty.interval(quantity, level);
        double estimate = quantity.applyAsDouble(uncertainty.mixture());
        table.add(
                Integer.toString(component),
                name,
                Digits.meanAndDeviation(estimate, uncertainty.standardError(quantity)),
                Digits.significant(interval[0], 4),
                Digits.significant(interval[1], 4));
    }

    /** One object: of each component the weight, the means, the deviations and the covariances. */
    String json() {
        GaussianMixture mixture = uncertainty.mixture();
        int d = mixture.dimension();
        return Json.object(json -> {
            json.integer("replicates", uncertainty.replicates().size())
                    .integer("collapsed", uncertainty.collapsed())
                    .number("level", level)
                    .texts("columns", mixture.columns());
            List<Integer> components = new ArrayList<>();
            for (int k = 0; k < mixture.size(); k++) {
                components.add(k);
            }
            json.list("components", components, k -> {
                vector(json, "weight", 1, (m, j) -> m.weight(k));
                vector(json, "means", d, (m, j) -> m.component(k).mean()[j]);
                vector(json, "deviations", d, (m, j) -> deviation(m, k, j));
                vector(
                        json,
                        "covariances",
                        d * d,
                        (m, i) -> m.component(k).covariance().get(i / d, i % d));
            });
        });
    }

    /** One of several numbers of a mixture. */
    private interface Element {
        double of(GaussianMixture mixture, int index);
    }

    private void vector(Json json, String name, int length, Element element) {
        double[][] columns = new double[4][length];
        for (int at = 0; at < length; at++) {
            int i = at;
            ToDoubleFunction<GaussianMixture> quantity = m -> element.of(m, i);
            double[] interval = uncertainty.interval(quantity, level);
            columns[0][i] = quantity.applyAsDouble(uncertainty.mixture());
            columns[1][i] = uncertainty.standardError(quantity);
            columns[2][i] = interval[0];
            columns[3][i] = interval[1];
        }
        json.member(
                name,
                member -> member.numbers("estimate", columns[0])
                        .numbers("standard_error", columns[1])
                        .numbers("from", columns[2])
                        .numbers("to", columns[3]));
    }
}
