package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Completion;
import org.mixtura.mixture.Imputation;
import org.mixtura.mixture.Mixture;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.MissingPolicy;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;
import org.mixtura.table.TableWriter;

/** Fills the gaps of rows by a model and writes the whole rows beside the columns that were read. */
final class ImputeCommand extends Subcommand {
    private static final List<String> WORDS = List.of("filled", "sd");
    private static final int BLOCK = 1024;

    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.TAKEN);
    private final Option<Path> out = Option.file(
            "--out",
            "FILE",
            "The file to write, .csv, .tsv or .parquet: the columns of DATA and the new ones. It appears whole or not at"
                    + " all.");
    private final Option<List<String>> what = Option.names(
                    "--what",
                    "A,B,…",
                    "What to write for each column of the model. filled: its value, in a gap what the row's other values"
                            + " let expect. sd: the standard deviation of that, 0 where there is a value. Default:"
                            + " filled.")
            .orElse(List.of("filled"));
    private final Option<Integer> draws = Option.integer(
                    "--draws",
                    "N",
                    0,
                    "Write N tables more, with gaps filled by values drawn: X_draw1, X_draw2, … for each column X. What is"
                            + " computed from each spreads as much as the gaps leave open. Default: none.")
            .orElse(0);
    private final Option<Long> seed = Seed.option();
    private final Option<String> prefix = ScoreColumns.prefix();

    @Override
    String name() {
        return "impute";
    }

    @Override
    String summary() {
        return "Fill the gaps of rows by what a model says of them.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura fit trips.csv --missing exact --model trips.json",
                "    A model of rows some of which have gaps, from all that they have.",
                "mixtura impute trips.json trips.csv --what filled,sd --out whole.csv",
                "    For each column fare of the model also fare_filled and fare_sd.",
                "mixtura impute trips.json trips.csv --draws 20 --seed 7 --out drawn.parquet",
                "    Twenty tables more, for multiple imputation.");
    }

    @Override
    String synopsis() {
        return "impute MODEL DATA... --out FILE [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model, data);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Values", List.of(out, what, draws, seed, prefix)), input.rowsWithGaps(), input.files());
    }

    @Override
    List<String> notes() {
        return List.of(
                "A gap is an empty cell, NA or NaN. Values are taken to be missing at random: whether one is missing"
                        + " may depend on the row's other values, not on the missing one.");
    }

    @Override
    void run(Run run) {
        long began = System.nanoTime();
        TableOptions reading = input.reading().missing(MissingPolicy.KEEP_GAPS);
        Path target = out.given()
                .orElseThrow(() -> new UsageException("--out is missing; say where to write, as in --out whole.csv"));
        for (String word : what.value()) {
            if (!WORDS.contains(word)) {
                throw new UsageException("--what has \"" + word + "\"; expected some of " + String.join(", ", WORDS));
            }
        }
        TableWriter.check(target);
        Mixture mixture = ModelInput.load(ModelInput.path(model)).withoutNoise();
        try (Table table = Table.matching(data.words()).with(reading)) {
            List<String> columns = ModelColumns.in(table, mixture, input.columns(), List.of());
            Reading read = input.read(table, ColumnChoice.of(columns), run);
            long filled = write(Imputation.of(mixture), read, target, run);
            if (!run.quiet()) {
                List<String> lines = new ArrayList<>(Summary.of(table, read).lines());
                lines.add("Filled " + Digits.count(filled, "gap") + "; the rows are in " + target);
                lines.add("Took " + Digits.seconds((System.nanoTime() - began) / 1e9));
                run.terminal().print(String.join("\n", lines) + "\n");
            }
        }
    }

    /** The new columns, kind by kind, each in the order of the model's columns. */
    private List<OutputColumn> columns(List<String> names) {
        List<String> suffixes = new ArrayList<>(what.value());
        for (int i = 1; i <= draws.value(); i++) {
            suffixes.add("draw" + i);
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (String suffix : suffixes) {
            names.forEach(name -> columns.add(OutputColumn.number(prefix.value() + name + "_" + suffix)));
        }
        return columns;
    }

    /** Writes the file, all or nothing; returns how many gaps were filled. */
    private long write(Imputation imputation, Reading reading, Path target, Run run) {
        Rows rows = reading.rows();
        RandomGenerator random = new SplittableRandom(seed.value());
        double[] row = new double[rows.dimension()];
        long filled = 0;
        try (TableWriter writer = reading.writer(target, columns(rows.columns()));
                Rows.Reader reader = rows.reader();
                Progress progress = run.progress()) {
            for (long first = 0; first < rows.count(); first += BLOCK) {
                run.interruption().check();
                progress.rows("filling", first, rows.count());
                Block block = reader.read(first, (int) Math.min(BLOCK, rows.count() - first));
                for (int i = 0; i < block.count(); i++) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = block.get(i, j);
                    }
                    Completion completion = imputation.complete(row);
                    filled += completion.gaps();
                    write(completion, random, writer);
                }
            }
            writer.commit();
        }
        return filled;
    }

    private void write(Completion completion, RandomGenerator random, TableWriter writer) {
        for (String word : what.value()) {
            write(word.equals("sd") ? completion.standardDeviation() : completion.mean(), writer);
        }
        for (int i = 0; i < draws.value(); i++) {
            write(completion.draw(random), writer);
        }
        writer.endRow();
    }

    private static void write(double[] values, TableWriter writer) {
        for (double value : values) {
            writer.number(value);
        }
    }
}
