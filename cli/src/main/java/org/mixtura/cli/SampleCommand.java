package org.mixtura.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mixtura.data.Matrix;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.OutputColumn;
import org.mixtura.table.TableWriter;

/** Draws rows from a model. */
final class SampleCommand extends Subcommand {
    /** Rows drawn at a time, so that any number fits into memory. */
    private static final int CHUNK = 4096;

    private final Argument model = Argument.model();
    private final Option<Long> count =
            Option.of("-n --n-samples", "N", SampleCommand::parseCount, "How many rows to draw. Needed.");
    private final Option<Long> seed = Seed.option();
    private final Option<Path> out = Option.file(
            "--out",
            "FILE",
            "The file to write, .csv, .tsv or .parquet; it appears whole or not at all. Default: comma-separated text on"
                    + " the standard output.");

    /** A whole number of at least 1. */
    static Long parseCount(String text) {
        long number;
        try {
            number = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number such as 1000", e);
        }
        if (number < 1) {
            throw new IllegalArgumentException("expected at least 1");
        }
        return number;
    }

    @Override
    String name() {
        return "sample";
    }

    @Override
    String summary() {
        return "Draw rows from a model.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura sample trips.json -n 1000 --seed 7 --out like-trips.csv",
                "    A thousand rows, the same ones whenever the seed is 7.",
                "mixtura sample trips.json -n 5",
                "    Five rows on the screen.");
    }

    @Override
    String synopsis() {
        return "sample MODEL -n N [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Rows", List.of(count, seed, out)));
    }

    @Override
    void run(Run run) {
        long n = count.given().orElseThrow(() -> new UsageException("-n is missing; say how many rows to draw"));
        RandomGenerator random = new SplittableRandom(seed.value());
        Optional<Path> target = out.given();
        target.ifPresent(TableWriter::check);
        MixtureFile content = ModelInput.load(ModelInput.path(model));
        GaussianMixture mixture = content.gaussians();
        List<OutputColumn> columns =
                mixture.columns().stream().map(OutputColumn::number).toList();
        try (TableWriter writer = target.map(file -> TableWriter.create(file, columns))
                        .orElseGet(() -> TableWriter.create(run.terminal().out(), columns));
                Progress progress = run.progress()) {
            for (long done = 0; done < n; done += CHUNK) {
                run.interruption().check();
                progress.rows("drawing", done, n);
                int many = (int) Math.min(CHUNK, n - done);
                write(
                        content.noisy()
                                .map(noisy -> noisy.sample(many, random))
                                .or(() -> content.tailed().map(tailed -> tailed.sample(many, random)))
                                .orElseGet(() -> mixture.sample(many, random)),
                        writer);
            }
            writer.commit();
        }
        if (!run.quiet()) {
            target.ifPresent(file -> run.terminal().print(Digits.count(n, "row") + " are in " + file + "\n"));
        }
    }

    private static void write(Matrix rows, TableWriter writer) {
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < rows.columns(); j++) {
                writer.number(rows.get(i, j));
            }
            writer.endRow();
        }
    }
}
