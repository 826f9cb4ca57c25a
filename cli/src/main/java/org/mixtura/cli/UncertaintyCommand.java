package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Uncertainty;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;

/** Says how sure the parameters of a model are, given the rows that it was fitted to. */
final class UncertaintyCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.TAKEN);
    private final OutputFormat format = new OutputFormat();
    private final RegularizationOptions regularization = new RegularizationOptions();
    private final Option<Integer> resamples = Option.integer(
                    "--resamples",
                    "N",
                    2,
                    "How often to fit again. Default 200, enough for standard errors; take 1000 for intervals.")
            .orElse(200);
    private final Option<Double> level = Option.of(
                    "--level", "P", UncertaintyCommand::parseLevel, "What intervals are to hold. Default 0.95.")
            .orElse(0.95);
    private final Option<Long> seed = Seed.option();
    private final Option<Integer> threads = Threads.option();

    private static Double parseLevel(String text) {
        double level;
        try {
            level = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a share such as 0.95", e);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("expected a share between 0 and 1");
        }
        return level;
    }

    @Override
    String name() {
        return "uncertainty";
    }

    @Override
    String summary() {
        return "Standard errors and intervals of a model's parameters.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura uncertainty trips.json trips.csv",
                "    How far weights, means and deviations might be from the truth.",
                "mixtura uncertainty trips.json trips.csv --resamples 1000 --format json",
                "    The same with steadier intervals, for programs.");
    }

    @Override
    String synopsis() {
        return "uncertainty MODEL DATA... [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model, data);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Uncertainty", List.of(resamples, level, seed, threads, format.option())),
                regularization.group(),
                input.choice(),
                input.files());
    }

    @Override
    List<String> notes() {
        return List.of("Give the rows that the model was fitted to, with the same weights and the same option against"
                + " collapse. The model is fitted again under random weights of the rows (weighted likelihood"
                + " bootstrap, Newton & Raftery 1994). That the number of components is uncertain too does not show"
                + " here; see mixtura test.");
    }

    @Override
    void run(Run run) {
        GaussianMixture mixture = ModelInput.load(ModelInput.path(model)).mixture();
        Em estimator = Em.components(mixture.size())
                .covariance(mixture.structure())
                .regularization(regularization.policy())
                .seed(seed.value())
                .threads(threads.value());
        List<String> apart = new ArrayList<>(input.excluded());
        input.weights().ifPresent(apart::add);
        try (Table table = Table.matching(data.words()).with(input.reading())) {
            ColumnChoice choice = ColumnChoice.of(ModelColumns.in(table, mixture, input.columns(), apart));
            Reading read =
                    input.read(table, input.weights().map(choice::weights).orElse(choice), run);
            Uncertainty uncertainty = uncertainty(estimator, mixture, read.rows(), run);
            UncertaintyReport report = new UncertaintyReport(uncertainty, level.value());
            if (format.isJson()) {
                run.terminal().print(report.json());
            } else if (!run.quiet()) {
                run.terminal().print(report.text(Summary.of(table, read).lines()));
            }
        }
    }

    private Uncertainty uncertainty(Em estimator, GaussianMixture mixture, Rows rows, Run run) {
        try (Progress progress = run.progress()) {
            return Uncertainty.of(
                    estimator.observer(progress.of("fitting again", 0, 1, run.interruption())),
                    mixture,
                    rows,
                    resamples.value());
        } catch (CancellationException e) {
            run.interruption().check();
            throw e;
        }
    }
}
