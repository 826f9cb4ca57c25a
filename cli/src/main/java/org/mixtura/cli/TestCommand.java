package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.FitObserver;
import org.mixtura.fit.LikelihoodRatioTest;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;

/** Tests how many components rows bear, one more at a time, until one more is no longer called for. */
final class TestCommand extends Subcommand {
    private final Argument data = Argument.data(0);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.TAKEN);
    private final OutputFormat format = new OutputFormat();
    private final RegularizationOptions regularization = new RegularizationOptions();
    private final Option<Integer> from = Option.integer(
                    "--from", "K", 1, "The number of components to refute first. Default 1.")
            .orElse(1);
    private final Option<Integer> most = Option.integer(
                    "--most", "K", 2, "Where to end at the latest. Default 9 components.")
            .orElse(9);
    private final Option<CovarianceStructure> covariance = Option.of(
                    "--covariance",
                    "TYPE",
                    CovarianceStructure::of,
                    "Shape of the Gaussians, as for fit. Default full.")
            .orElse(CovarianceStructure.FULL);
    private final Option<Integer> resamples = Option.integer(
                    "--resamples",
                    "N",
                    1,
                    "How many tables to draw from each smaller mixture. Default 99: the least p-value is 0.01.")
            .orElse(99);
    private final Option<Double> alpha = Option.number(
                    "--alpha", "P", 0, "Stop at the first p-value above this. Default 0.05.")
            .orElse(0.05);
    private final Option<Long> seed = Seed.option();
    private final Option<Integer> threads = Threads.option();

    /** A step: K against K + 1. */
    private record Step(int components, LikelihoodRatioTest test) {}

    @Override
    String name() {
        return "test";
    }

    @Override
    String summary() {
        return "Test how many components the data bear.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura test trips.csv",
                "    One Gaussian against two, two against three, until one is not refuted.",
                "mixtura test trips.csv --from 3 --most 4 --resamples 999",
                "    Three components against four, with a p-value to a thousandth.");
    }

    @Override
    String synopsis() {
        return "test DATA... [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(data);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Test", List.of(from, most, covariance, resamples, alpha, seed, threads, format.option())),
                regularization.group(),
                input.choice(),
                input.files());
    }

    @Override
    List<String> notes() {
        return List.of(
                "The statistic is twice the gain of log-likelihood by one more component. How large it gets where"
                        + " one more is not needed is seen by drawing tables of as many rows from the smaller mixture and"
                        + " fitting both to them (McLachlan 1987); it does not follow χ². That takes N times as long as a fit.");
    }

    @Override
    void run(Run run) {
        if (most.value() <= from.value()) {
            throw new UsageException(
                    "--most is " + most.value() + ", --from " + from.value() + "; end above the start");
        }
        try (Table table = Table.matching(data.words()).with(input.reading())) {
            ColumnChoice choice = input.columns()
                    .map(ColumnChoice::of)
                    .orElse(ColumnChoice.numbers())
                    .without(input.excluded());
            Reading read =
                    input.read(table, input.weights().map(choice::weights).orElse(choice), run);
            List<Step> steps = steps(read.rows(), run);
            if (format.isJson()) {
                run.terminal().print(json(steps));
            } else if (!run.quiet()) {
                run.terminal().print(text(Summary.of(table, read).lines(), steps));
            }
        }
    }

    private List<Step> steps(Rows rows, Run run) {
        List<Step> steps = new ArrayList<>();
        try (Progress progress = run.progress()) {
            for (int k = from.value(); k < most.value(); k++) {
                FitObserver observer = progress.of(
                        k + " against " + (k + 1), k - from.value(), most.value() - from.value(), run.interruption());
                Em smaller = estimator(k).observer(observer);
                Em larger = estimator(k + 1).observer(observer);
                Step step = new Step(k, LikelihoodRatioTest.of(smaller, larger, rows, resamples.value()));
                steps.add(step);
                if (step.test.pValue() > alpha.value()) {
                    break;
                }
            }
            return steps;
        } catch (CancellationException e) {
            run.interruption().check();
            throw e;
        }
    }

    private Em estimator(int components) {
        return Em.components(components)
                .covariance(covariance.value())
                .regularization(regularization.policy())
                .seed(seed.value())
                .threads(threads.value());
    }

    /** How many components were not refuted. */
    private int chosen(List<Step> steps) {
        Step last = steps.get(steps.size() - 1);
        return last.components + (last.test.pValue() > alpha.value() ? 0 : 1);
    }

    private String text(List<String> read, List<Step> steps) {
        TextTable table = new TextTable(4);
        table.add("components", "against", "statistic", "p");
        for (Step step : steps) {
            table.add(
                    Integer.toString(step.components),
                    Integer.toString(step.components + 1),
                    Digits.significant(step.test.statistic(), 4),
                    Digits.significant(step.test.pValue(), 2));
        }
        List<String> lines = new ArrayList<>(read);
        lines.add("");
        lines.addAll(table.render(2));
        lines.add("");
        int chosen = chosen(steps);
        boolean refuted = steps.get(steps.size() - 1).components + 1 == chosen;
        lines.add(
                refuted
                        ? Digits.count(chosen - 1L, "component") + " refuted, " + chosen
                                + " the most tried; more may be" + " called for: raise --most"
                        : Digits.count(chosen, "component") + " not refuted at " + Digits.exact(alpha.value()));
        return String.join("\n", lines) + "\n";
    }

    private String json(List<Step> steps) {
        return Json.object(json -> json.integer("components", chosen(steps))
                .number("alpha", alpha.value())
                .list(
                        "tests",
                        steps,
                        step -> json.integer("components", step.components)
                                .number("statistic", step.test.statistic())
                                .number("p_value", step.test.pValue())
                                .numbers("simulated", step.test.simulated())));
    }
}
