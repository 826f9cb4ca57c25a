package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;
import org.mixtura.table.TableWriter;

/** Scores rows under a model and writes the scores beside the columns of the rows. */
final class ScoreCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions();
    private final Option<Path> out = Option.file(
            "--out",
            "FILE",
            "The file to write, .csv, .tsv or .parquet: the columns of DATA and the scores. It appears whole or not at"
                    + " all.");
    private final Option<List<String>> what = Option.names(
                    "--what",
                    "A,B,…",
                    "What to write of each row. label: its most probable component, from 0. log_density: ln p(x), in nats."
                            + " responsibilities: each component's probability. energy: -ln p(x), high for odd rows."
                            + " Default: label,log_density.")
            .orElse(List.of("label", "log_density"));
    private final Option<String> prefix = ScoreColumns.prefix();
    private final Option<Integer> threads = Threads.option();

    @Override
    String name() {
        return "score";
    }

    @Override
    String summary() {
        return "Score rows under a model: component, log-density, energy.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura score trips.json new.csv --out scored.csv",
                "    The columns of new.csv, and each row's label and log-density.",
                "mixtura score trips.json \"2026/*.parquet\" --what energy --out odd.parquet",
                "    How odd each row is; sort by energy to see the oddest first.");
    }

    @Override
    String synopsis() {
        return "score MODEL DATA... --out FILE [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model, data);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Scores", List.of(out, what, prefix, threads)), input.rowsOfModel(), input.files());
    }

    @Override
    List<String> notes() {
        return List.of("Columns are found by the model's names; a model without names takes the columns of numbers in"
                + " their order. Rows that --missing drop leaves out get empty cells.");
    }

    @Override
    void run(Run run) {
        long began = System.nanoTime();
        TableOptions reading = input.reading();
        Path target = out.given()
                .orElseThrow(() -> new UsageException("--out is missing; say where to write, as in --out scored.csv"));
        List<String> words = what.value();
        ScoreColumns.check(words, what.name());
        TableWriter.check(target);
        GaussianMixture mixture = ModelInput.load(ModelInput.path(model)).mixture();
        List<RowScore> scores = new ArrayList<>();
        words.forEach(word -> scores.add(RowScore.of(word, prefix.value(), mixture)));
        try (Table table = Table.matching(data.words()).with(reading)) {
            List<String> columns = ModelColumns.in(table, mixture, input.columns(), List.of());
            Reading read = table.read(ColumnChoice.of(columns));
            run.interruption().check();
            new Scores(mixture, scores).write(read, read.rows(), target, threads.value(), run);
            if (!run.quiet()) {
                run.terminal().print(text(Summary.of(table, read), target, began));
            }
        }
    }

    private static String text(Summary summary, Path target, long began) {
        List<String> lines = new ArrayList<>(summary.lines());
        lines.add("Scores are in " + target);
        lines.add("Took " + Digits.seconds((System.nanoTime() - began) / 1e9));
        return String.join("\n", lines) + "\n";
    }
}
