package org.mixtura.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mixtura.fit.Criterion;
import org.mixtura.fit.Fit;
import org.mixtura.fit.Tolerance;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;

/** What a fit came to, for people: warnings first, then what was read, the choice, the components, the figures. */
final class FitReport {
    /** Longer tables are cut: what is on the screen should fit one. */
    private static final int MOST_LINES = 32;

    private static final int TAILS_IN_A_LINE = 8;

    private final Outcome outcome;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param width the number of characters in a line
     */
    FitReport(Outcome outcome, int width) {
        this.outcome = outcome;
        this.width = width;
    }

    /** The whole text. */
    String render(List<String> warnings, Summary read, List<String> written, double seconds) {
        for (String warning : warnings) {
            line("Warning: " + warning);
        }
        section(read.lines());
        if (outcome.choices().size() > 1) {
            choices();
        }
        components();
        outcome.posterior().ifPresent(this::posterior);
        figures();
        written.forEach(this::line);
        line("Took " + Digits.seconds(seconds));
        return text.toString();
    }

    private void choices() {
        Criterion criterion = outcome.criterion();
        line("");
        line("Choice by " + criterion + ", lower is better");
        TextTable table = new TextTable(7, 0, 2, 6)
                .add("", "components", "covariance", "parameters", "log-likelihood", criterion.name(), "");
        for (Choice choice : outcome.choices()) {
            addTo(table, choice, criterion);
        }
        section(table.render(1));
        if (outcome.choices().stream().anyMatch(choice -> choice.estimate().isPresent())) {
            line("~ from a sample of the rows; the others were fitted to all of them");
        }
        if (outcome.cells().isPresent()) {
            line("Of cells: the log-likelihoods are lower bounds");
        }
    }

    private static void addTo(TextTable table, Choice choice, Criterion criterion) {
        String mark = choice.chosen() ? "→" : "";
        String components = Integer.toString(choice.components());
        String structure = choice.structure().label();
        if (!choice.known()) {
            table.addSpanning(mark, components, structure, "not fitted: " + choice.failure());
            return;
        }
        String about = choice.estimate().isPresent() ? "~" : "";
        table.add(
                mark,
                components,
                structure,
                Digits.count(choice.parameters()),
                about + Digits.decimals(choice.logLikelihood(), about.isEmpty() ? 2 : 0),
                about + Digits.decimals(choice.value(criterion), about.isEmpty() ? 2 : 0),
                choice.fit().map(FitReport::remark).orElse(""));
    }

    private static String remark(Fit<?> fit) {
        return switch (fit.stopReason()) {
            case CONVERGED -> "";
            case MAX_ITERATIONS -> "not converged";
            case COLLAPSED -> "collapsed";
            case CANCELLED -> "cancelled";
        };
    }

    private void components() {
        GaussianMixture mixture = outcome.mixture();
        line("");
        boolean tailed = outcome.file().tailed().isPresent();
        line(Digits.count(mixture.size(), "component") + ", " + shape(mixture)
                + (tailed ? ": location ± scale" : ": mean ± standard deviation"));
        section(new ComponentTable(mixture, width, MOST_LINES).lines());
        section(KnownClasses.lines(outcome.fit().options()));
        outcome.noisy().ifPresent(noisy -> line(noise(noisy)));
        outcome.file().tailed().ifPresent(mixtureWithTails -> section(tails(mixtureWithTails)));
    }

    /** The noise of a mixture in a line. */
    static String noise(NoisyMixture mixture) {
        return "  noise, label -1: " + Digits.weight(mixture.share())
                + " of the rows, spread evenly; the weights are those among the others";
    }

    /** The tails of a mixture, in lines of a few components each. */
    static List<String> tails(StudentMixture mixture) {
        double[] freedom = mixture.degreesOfFreedom();
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < freedom.length; from += TAILS_IN_A_LINE) {
            String some = Arrays.stream(freedom)
                    .skip(from)
                    .limit(TAILS_IN_A_LINE)
                    .mapToObj(v -> Digits.significant(v, 3))
                    .collect(Collectors.joining(", "));
            lines.add("  " + (from == 0 ? "degrees of freedom: " : " ".repeat(20)) + some);
        }
        return lines;
    }

    private void posterior(PosteriorResult posterior) {
        line("");
        line("Posterior, " + Digits.count(posterior.posterior().componentsInUse(), "component") + " in use");
        section(posterior.lines());
    }

    /** The covariances of a mixture in words. */
    static String shape(GaussianMixture mixture) {
        boolean one = mixture.structure().tied() || mixture.size() == 1;
        return mixture.structure().label() + (one ? " covariance" : " covariances");
    }

    private void figures() {
        Fit<?> fit = outcome.fit();
        String what = outcome.cells().isPresent() ? "lower bound" : "log-likelihood";
        String penalty = fit.objective() == fit.meanLogLikelihood() ? "" : " (" + what + " less the penalty)";
        line("");
        line("Log-likelihood  " + Digits.decimals(fit.logLikelihood(), 3) + ", "
                + Digits.significant(fit.meanLogLikelihood(), 6) + " per row");
        outcome.cells()
                .ifPresent(cells -> line("Lower bound     " + Digits.decimals(cells.bound(), 3) + ", "
                        + Digits.significant(cells.bound() / fit.totalWeight(), 6) + " per row, on "
                        + Digits.count(cells.count(), "cell") + ", which were fitted in place of the rows"));
        if (outcome.posterior().isPresent()) {
            line("Lower bound     " + Digits.decimals(fit.totalObjective(), 3) + " of the log-evidence, "
                    + Digits.significant(fit.objective(), 6) + " per row");
        } else {
            line("Objective       " + Digits.significant(fit.objective(), 6) + " per row" + penalty);
        }
        List<String> criteria = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            criteria.add(criterion.name() + " " + Digits.decimals(criterion.of(fit), 2));
        }
        line("Criteria        " + String.join(", ", criteria) + " (lower is better)");
        line("Stopped         " + stop(fit));
        if (!Double.isNaN(outcome.passes())) {
            line("Work            " + Digits.significant(outcome.passes(), 3) + " passes over all "
                    + (outcome.cells().isPresent() ? "cells" : "rows") + leftOut(fit));
        }
        line("");
    }

    private static String leftOut(Fit<?> fit) {
        return fit.leftOut() > 0
                ? ", leaving out components that add " + Digits.significant(fit.leftOut(), 2) + " nats per row at most"
                : "";
    }

    private String stop(Fit<?> fit) {
        String iterations = Digits.count(fit.iterations(), "iteration");
        int starts = fit.restartObjectives().length;
        String best = starts > 1 ? "; best of " + starts + " starts" : "";
        return switch (fit.stopReason()) {
            case CONVERGED ->
                "after " + iterations
                        + fit.tolerance()
                                .map(tolerance -> within(tolerance, fit.leftToGain()))
                                .orElse(", the bound no longer rising")
                        + best;
            case MAX_ITERATIONS -> "at the limit of " + iterations + best;
            case COLLAPSED -> "after " + iterations + ", for a component collapsed" + best;
            case CANCELLED -> "after " + iterations + ", cancelled";
        };
    }

    /** Which tolerance was reached. */
    private static String within(Tolerance tolerance, double left) {
        String value = Digits.exact(tolerance.value());
        return switch (tolerance.kind()) {
            case LAST_GAIN -> ", the last gaining less than " + value + " nats per row";
            case LEFT_TO_GAIN -> ", less than " + value + " nats per row left to gain";
            case STATISTICAL ->
                " over all rows, statistical tolerance: the estimate's own error is "
                        + Digits.significant(tolerance.statisticalError(), 2)
                        + " nats per row; by the last gains about "
                        + Digits.significant(left, 2) + " is left, or some times that if components overlap much";
        };
    }

    private void section(List<String> lines) {
        lines.forEach(this::line);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** The name of an enum constant as it reads in a sentence. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
