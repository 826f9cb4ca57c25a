package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Mixture;
import org.mixtura.mixture.Prediction;
import org.mixtura.mixture.Regression;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;
import org.mixtura.table.TableWriter;

/** Predicts columns of a model from others and writes the predictions beside the columns of the rows. */
final class PredictCommand extends Subcommand {
    private static final int ROWS_AT_ONCE = 1024;

    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.NOT_TAKEN);
    private final Option<List<String>> target = Option.names(
            "--target", "Y,Z,…", "The columns of the model to predict, each by itself. DATA need not have them.");
    private final Option<List<String>> given = Option.names(
            "--given",
            "A,B,…",
            "The columns to predict from. Default: all columns of the model but the targets. Those that are neither are"
                    + " averaged over.");
    private final Option<double[]> quantiles = Option.of(
                    "--quantiles",
                    "P,Q,…",
                    PredictCommand::parseQuantiles,
                    "Which quantiles of each prediction to write, numbers above 0 and below 1. Default 0.05,0.5,0.95: nine"
                            + " in ten values lie between the outer two.")
            .orElse(new double[] {0.05, 0.5, 0.95});
    private final Option<Path> out = Option.file(
            "--out",
            "FILE",
            "The file to write, .csv, .tsv or .parquet: the columns of DATA, and of each target Y Y_mean, Y_variance and"
                    + " Y_q0.05, …. It appears whole or not at all.");
    private final Option<String> prefix = ScoreColumns.prefix();

    private static double[] parseQuantiles(String text) {
        double[] probabilities = NumberList.positives(text);
        if (Arrays.stream(probabilities).anyMatch(p -> !(p < 1))
                || Arrays.stream(probabilities).distinct().count() < probabilities.length) {
            throw new IllegalArgumentException("expected different numbers above 0 and below 1");
        }
        return probabilities;
    }

    @Override
    String name() {
        return "predict";
    }

    @Override
    String summary() {
        return "Predict columns from others: mean, variance and quantiles for each row.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura predict trips.json new.csv --target fare --out fares.csv",
                "    What each trip should cost, from its other columns, and how sure that is.",
                "mixtura predict trips.json new.csv --given km --target fare,tip --out m.csv",
                "    Means, variances and quantiles of two columns, from one.");
    }

    @Override
    String synopsis() {
        return "predict MODEL DATA... --target Y --out FILE [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model, data);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Prediction", List.of(target, given, quantiles, out, prefix)), input.rows(), input.files());
    }

    @Override
    List<String> notes() {
        return List.of(
                "Columns are found by the model's names. Rows that --missing drop leaves out get empty cells. The"
                        + " variance is of the values themselves, not of an average of them, and takes the model for true.");
    }

    @Override
    void run(Run run) {
        long began = System.nanoTime();
        TableOptions reading = input.reading();
        List<String> targets = target.given()
                .orElseThrow(() -> new UsageException("--target is missing; name the columns to predict"));
        Path file = out.given()
                .orElseThrow(
                        () -> new UsageException("--out is missing; say where to write, as in --out predicted.csv"));
        TableWriter.check(file);
        Mixture mixture = ModelInput.load(ModelInput.path(model)).withoutNoise();
        List<String> known = known(mixture, targets);
        List<Regression> regressions = regressions(mixture, known, targets);
        try (Table table = Table.matching(data.words()).with(reading)) {
            Reading read = input.read(table, ColumnChoice.of(known), run);
            List<String> lines = new ArrayList<>(Summary.of(table, read).lines());
            write(read, targets, regressions, file, run);
            lines.add("Predictions of " + String.join(", ", targets) + " from " + String.join(", ", known) + " are in "
                    + file);
            lines.add("Took " + Digits.seconds((System.nanoTime() - began) / 1e9));
            if (!run.quiet()) {
                run.terminal().print(String.join("\n", lines) + "\n");
            }
        }
    }

    private List<String> known(Mixture mixture, List<String> targets) {
        List<String> others = mixture.columns().stream()
                .filter(column -> !targets.contains(column))
                .toList();
        List<String> known = given.given().orElse(others);
        for (String column : targets) {
            if (known.contains(column)) {
                throw new UsageException("--target and --given both have " + column + "; leave it out of one");
            }
        }
        return known;
    }

    private static List<Regression> regressions(Mixture mixture, List<String> known, List<String> targets) {
        List<Regression> regressions = new ArrayList<>();
        for (String column : targets) {
            if (targets.indexOf(column) < regressions.size()) {
                throw new UsageException("--target has " + column + " twice; give it once");
            }
            regressions.add(Regression.of(mixture, known, column));
        }
        return regressions;
    }

    private void write(Reading read, List<String> targets, List<Regression> regressions, Path file, Run run) {
        List<OutputColumn> columns = new ArrayList<>();
        double[] probabilities = quantiles.value();
        for (String column : targets) {
            String name = prefix.value() + column;
            columns.add(OutputColumn.number(name + "_mean"));
            columns.add(OutputColumn.number(name + "_variance"));
            for (double p : probabilities) {
                columns.add(OutputColumn.number(name + "_q" + Digits.exact(p)));
            }
        }
        Rows rows = read.rows();
        double[] x = new double[rows.dimension()];
        try (TableWriter writer = read.writer(file, columns);
                Rows.Reader reader = rows.reader();
                Progress progress = run.progress()) {
            for (long first = 0; first < rows.count(); first += ROWS_AT_ONCE) {
                run.interruption().check();
                progress.rows("predicting", first, rows.count());
                Block block = reader.read(first, (int) Math.min(ROWS_AT_ONCE, rows.count() - first));
                for (int i = 0; i < block.count(); i++) {
                    for (int j = 0; j < x.length; j++) {
                        x[j] = block.get(i, j);
                    }
                    for (Regression regression : regressions) {
                        write(regression.at(x), probabilities, writer);
                    }
                    writer.endRow();
                }
            }
            writer.commit();
        }
    }

    private static void write(Prediction prediction, double[] probabilities, TableWriter writer) {
        writer.number(prediction.mean());
        writer.number(prediction.variance());
        for (double p : probabilities) {
            writer.number(prediction.quantile(p));
        }
    }
}
