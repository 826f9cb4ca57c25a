package org.mixtura.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mixtura.integration.Estimate;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.transport.Coupling;
import org.mixtura.transport.EntropicPlan;

/** A comparison of two models for people: matched components side by side, what moved where, distances. */
final class ComparisonReport {
    /** A shift of a mean by less than this many standard deviations is not worth a word. */
    private static final double LEAST_SHIFT = 0.05;

    private static final int MOST_SHIFTS = 3;
    /** Longer lists are cut. */
    private static final int MOST_LINES = 32;

    private final Comparison comparison;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param width the number of characters in a line
     */
    ComparisonReport(Comparison comparison, int width) {
        this.comparison = comparison;
        this.width = width;
    }

    /**
     * The whole text.
     *
     * @param nameA what to call the first model
     * @param nameB what to call the second
     * @param entropic the entropic plan, if one was asked for
     */
    String render(String nameA, String nameB, Optional<EntropicPlan> entropic) {
        lines.add("A " + nameA + ": " + about(comparison.a()));
        lines.add("B " + nameB + ": " + about(comparison.b()));
        lines.add("");
        lines.add("Matched components: label and weight in A and B, W2 between them, means that moved");
        matched();
        moved();
        lines.add("");
        lines.add("Distances");
        distances();
        entropic.ifPresent(this::entropic);
        return String.join("\n", lines) + "\n";
    }

    private static String about(GaussianMixture mixture) {
        return Digits.count(mixture.size(), "component") + " in " + Digits.count(mixture.dimension(), "column") + ", "
                + FitReport.shape(mixture);
    }

    private void matched() {
        TextTable table = new TextTable(6, 5).add("A", "weight", "B", "weight", "W2", "");
        comparison.pairs().forEach((i, j) -> {
            List<String> shifts =
                    shifts(comparison.a().component(i), comparison.b().component(j));
            String[] cells = {
                Integer.toString(i),
                Digits.weight(comparison.a().weight(i)),
                Integer.toString(j),
                Digits.weight(comparison.b().weight(j)),
                Digits.significant(Math.sqrt(comparison.plan().costs().get(i, j)), 3),
                shifts.isEmpty() ? "" : shifts.get(0)
            };
            table.add(cells);
            shifts.stream().skip(1).forEach(shift -> table.add("", "", "", "", "", shift));
        });
        List<Integer> leftA = comparison.matching().leftOverSources();
        List<Integer> leftB = comparison.matching().leftOverTargets();
        leftA.forEach(i ->
                table.add(Integer.toString(i), Digits.weight(comparison.a().weight(i)), "", "", "", "no partner in B"));
        leftB.forEach(j -> table.add(
                "", "", Integer.toString(j), Digits.weight(comparison.b().weight(j)), "", "no partner in A"));
        lines.addAll(table.render(2));
    }

    /** The means that moved most, in standard deviations of the first component. */
    private List<String> shifts(Gaussian from, Gaussian to) {
        return IntStream.range(0, from.dimension())
                .boxed()
                .filter(j -> shift(from, to, j) >= LEAST_SHIFT)
                .sorted(Comparator.comparingDouble(j -> -shift(from, to, j)))
                .limit(MOST_SHIFTS)
                .map(j -> {
                    double deviation = Math.sqrt(from.covariance().get(j, j));
                    String before = Digits.meanAndDeviation(from.mean(j), deviation);
                    String after = Digits.meanAndDeviation(
                            to.mean(j), Math.sqrt(to.covariance().get(j, j)));
                    return comparison.columns().get(j) + " " + before + " → " + after;
                })
                .toList();
    }

    private static double shift(Gaussian from, Gaussian to, int column) {
        return Math.abs(to.mean(column) - from.mean(column))
                / Math.sqrt(from.covariance().get(column, column));
    }

    /** The mass that the optimal plan takes to components other than the matched ones. */
    private void moved() {
        List<Coupling.Entry> others = comparison.plan().coupling().entries().stream()
                .filter(entry -> entry.mass() >= 5e-5)
                .filter(entry -> comparison.matching().target(entry.source()) != entry.target())
                .sorted(Comparator.comparingDouble(entry -> -entry.mass()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What the cheapest transport moves besides");
        TextTable table = new TextTable(2, 0, 1);
        others.stream()
                .limit(MOST_LINES)
                .forEach(entry ->
                        table.add(Digits.weight(entry.mass()), "from A " + entry.source() + " to B " + entry.target()));
        lines.addAll(table.render(2));
        if (others.size() > MOST_LINES) {
            lines.add("  … and " + Digits.count(others.size() - (long) MOST_LINES, "more move"));
        }
    }

    private void distances() {
        TextTable table = new TextTable(3, 0, 1, 2);
        double squared = comparison.plan().squaredDistance();
        table.add("MW2", Digits.significant(Math.sqrt(squared), 6), "transport between the components, exact");
        add(table, "KL(A‖B)", comparison.klAb(), "nats");
        add(table, "KL(B‖A)", comparison.klBa(), "nats");
        add(table, "Jensen-Shannon", comparison.jensenShannon(), "nats, at most 0.693");
        add(table, "Hellinger", comparison.hellinger(), "at most 1");
        add(table, "Total variation", comparison.totalVariation(), "at most 1");
        table.add("Cauchy-Schwarz", Digits.significant(comparison.cauchySchwarz(), 6), "nats, exact");
        table.add("L2 squared", Digits.significant(comparison.squaredL2(), 6), "a density, exact");
        lines.addAll(table.render(2));
    }

    private static void add(TextTable table, String name, Estimate estimate, String unit) {
        table.add(name, Digits.withError(estimate.value(), estimate.error()), unit);
    }

    private void entropic(EntropicPlan plan) {
        lines.add("");
        lines.add("Entropic transport, epsilon " + Digits.exact(plan.epsilon()));
        lines.add("  value " + Digits.significant(plan.value(), 8) + ", of it transport "
                + Digits.significant(plan.transportCost(), 8) + (plan.converged() ? "; converged" : "; not converged")
                + " after " + Digits.count(plan.iterations(), "iteration") + ", weights met to "
                + Digits.significant(plan.marginalError(), 2));
        int k = comparison.b().size();
        if (2 + 8 + 8 * k > width || comparison.a().size() > MOST_LINES) {
            return;
        }
        TextTable table = new TextTable(k + 1, 0);
        String[] head = new String[k + 1];
        head[0] = "mass";
        for (int j = 0; j < k; j++) {
            head[j + 1] = "B " + j;
        }
        table.add(head);
        for (int i = 0; i < comparison.a().size(); i++) {
            String[] cells = new String[k + 1];
            cells[0] = "A " + i;
            for (int j = 0; j < k; j++) {
                cells[j + 1] = Digits.decimals(plan.coupling().get(i, j), 4);
            }
            table.add(cells);
        }
        lines.addAll(table.render(2));
    }
}
