package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mixtura.anomaly.Calibration;
import org.mixtura.data.Rows;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.Mixture;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;
import org.mixtura.table.TableWriter;

/** Scores rows under a model and writes the scores beside the columns of the rows. */
final class ScoreCommand extends Subcommand {
    private final Argument model = Argument.model();
    private final Argument data = Argument.data(1);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.TAKEN);
    private final AtomOptions atoms = new AtomOptions();
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
                            + " p_value: how many ordinary rows have an energy as high. flag: 1 if the energy is above"
                            + " the threshold. why: of flagged rows, the columns that are odd and what was expected."
                            + " Default: label,log_density.")
            .orElse(List.of("label", "log_density"));
    private final Option<Double> percentile = Option.number(
                    "--threshold-percentile",
                    "P",
                    0,
                    "Flag rows whose energy is above this percentile of the calibration's. Default 99: one ordinary row"
                            + " in a hundred.")
            .orElse(99.0);
    private final Option<String> calibrate = Option.text(
            "--calibrate",
            "HOLDOUT",
            "Files of ordinary rows that the model was not fitted to: p_value, flag and why compare with their"
                    + " energies. Default: with the scored rows themselves. --where holds for them too.");
    private final Option<String> prefix = ScoreColumns.prefix();
    private final Option<Integer> threads = Threads.option();

    @Override
    String name() {
        return "score";
    }

    @Override
    String summary() {
        return "Score rows under a model: component, log-density, how odd and why.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura score trips.json new.csv --out scored.csv",
                "    The columns of new.csv, and each row's label and log-density.",
                "mixtura score trips.json \"2026/*.parquet\" --what energy --out odd.parquet",
                "    How odd each row is; sort by energy to see the oddest first.",
                "mixtura score m.json new.csv --what flag,why --calibrate old.csv --out odd.csv",
                "    Flags rows odder than 99 of 100 held-out ones, and says in which columns.");
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
        return List.of(
                new Group("Scores", List.of(out, what, percentile, calibrate, prefix, threads)),
                input.rowsOfModel(),
                atoms.group(),
                input.files());
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
        checkCalibration(words);
        atoms.given()
                .filter(given -> words.stream().anyMatch(AnomalyScores.WORDS::contains))
                .ifPresent(given -> {
                    throw new UsageException("p_value, flag and why compare rows as points, which " + given.name()
                            + " says they are not; leave one of them out");
                });
        MixtureFile file = ModelInput.load(ModelInput.path(model));
        if (file.tailed().isPresent() && words.contains("why")) {
            throw new IllegalArgumentException(
                    "the model has tails, for which why has no answer; p_value and flag tell which rows are odd");
        }
        Mixture mixture = file.components();
        RowScorer scorer = RowScorer.of(file);
        boolean scored = file.noisy().isEmpty();
        Optional<Calibration> held = calibrate.given().map(files -> heldOut(files, mixture, scored, reading, run));
        try (Table table = Table.matching(data.words()).with(reading)) {
            List<String> columns = ModelColumns.in(table, mixture, input.columns(), atoms.beside());
            Reading read = input.read(table, ColumnChoice.of(atoms.with(columns)), run);
            Rows rows = atoms.applyTo(read.rows());
            List<String> lines =
                    new ArrayList<>(Summary.of(table, read).with(atoms).lines());
            if (words.stream().anyMatch(AnomalyScores.WORDS::contains)) {
                Calibration calibration = held.orElseGet(
                        () -> AnomalyScores.calibrate(mixture, scored, rows, threads.value(), run.interruption()));
                try (AnomalyScores anomalies =
                        new AnomalyScores(mixture, scored, calibration, percentile.value(), rows)) {
                    write(words, Optional.of(anomalies), scorer, read, rows, target, run);
                    lines.add(told(anomalies, calibration));
                }
            } else {
                write(words, Optional.empty(), scorer, read, rows, target, run);
            }
            if (!run.quiet()) {
                run.terminal().print(text(lines, target, began));
            }
        }
    }

    private void checkCalibration(List<String> words) {
        boolean flags = words.contains("flag") || words.contains("why");
        if (percentile.isGiven() && !flags) {
            throw new UsageException("--threshold-percentile is for flag and why; add one of them to --what");
        }
        if (calibrate.isGiven() && !flags && !words.contains("p_value")) {
            throw new UsageException("--calibrate is for p_value, flag and why; add one of them to --what");
        }
        if (!(percentile.value() > 0 && percentile.value() <= 100)) {
            throw new UsageException("--threshold-percentile is " + Digits.exact(percentile.value())
                    + "; expected a number above 0, at most 100");
        }
    }

    /** The energies of the hold-out. */
    private Calibration heldOut(String files, Mixture mixture, boolean scored, TableOptions reading, Run run) {
        try (Table table = Table.matching(List.of(files)).with(reading)) {
            List<String> columns = ModelColumns.in(table, mixture, input.columns(), List.of());
            Reading read = table.read(ColumnChoice.of(columns));
            return AnomalyScores.calibrate(mixture, scored, read.rows(), threads.value(), run.interruption());
        }
    }

    private void write(
            List<String> words,
            Optional<AnomalyScores> anomalies,
            RowScorer scorer,
            Reading read,
            Rows rows,
            Path target,
            Run run) {
        List<RowScore> scores = new ArrayList<>();
        for (String word : words) {
            scores.add(
                    AnomalyScores.WORDS.contains(word)
                            ? anomalies.orElseThrow().of(word, prefix.value())
                            : RowScore.of(word, prefix.value(), scorer));
        }
        new Scores(scorer, scores).write(read, rows, target, threads.value(), run);
    }

    /** What the rows were compared with. */
    private String told(AnomalyScores anomalies, Calibration calibration) {
        boolean flags = what.value().contains("flag") || what.value().contains("why");
        String compared = flags
                ? "Flagged above energy " + Digits.significant(anomalies.threshold(), 6) + ", percentile "
                        + Digits.exact(percentile.value()) + " of "
                : "p-values among ";
        String rows = Digits.count((long) calibration.weight(), "row");
        return compared
                + calibrate
                        .given()
                        .map(files -> rows + " held out in " + files)
                        .orElse("these " + rows + " themselves\n  Rows that the model was fitted to look more ordinary"
                                + " than new ones:\n  rather give --calibrate HOLDOUT");
    }

    private static String text(List<String> read, Path target, long began) {
        List<String> lines = new ArrayList<>(read);
        lines.add("Scores are in " + target);
        lines.add("Took " + Digits.seconds((System.nanoTime() - began) / 1e9));
        return String.join("\n", lines) + "\n";
    }
}
