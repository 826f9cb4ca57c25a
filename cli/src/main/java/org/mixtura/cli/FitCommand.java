package org.mixtura.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mixtura.data.Rows;
import org.mixtura.fit.Cells;
import org.mixtura.fit.Fit;
import org.mixtura.fit.PartialLabels;
import org.mixtura.fit.PassJournal;
import org.mixtura.fit.StopReason;
import org.mixtura.io.MixtureFile;
import org.mixtura.io.Version;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.table.ColumnChoice;
import org.mixtura.table.Labels;
import org.mixtura.table.Reading;
import org.mixtura.table.Table;
import org.mixtura.table.TableOptions;
import org.mixtura.table.TableWriter;

/** Fits a mixture to the numbers in files. Long because it stands between all that a fit takes and all that comes of it. */
final class FitCommand extends Subcommand {
    private final Argument data = Argument.data(0);
    private final InputOptions input = new InputOptions(InputOptions.Gaps.TAKEN);
    private final AtomOptions atoms = new AtomOptions();
    private final FitOptions options = new FitOptions();
    private final OutputFormat format = new OutputFormat();
    private final Option<Path> modelFile = Option.file(
            "--model",
            "FILE.json",
            "Keep the model: readable JSON for score, sample, show and other programs. Default: it is only shown.");
    private final Option<Path> scoresFile = Option.file(
            "--scores",
            "FILE",
            "Write the columns of DATA with each row's label and log_density to this .csv, .tsv or .parquet file."
                    + " Default: none; mixtura score has more to say of rows.");
    private final Option<String> prefix = ScoreColumns.prefix();
    private final Option<Path> reportFile = Option.file(
            "--report",
            "FILE.html",
            "Write a page to look at and to send on: the mixture drawn, its components, the choice, odd rows. It holds up"
                    + " to 20000 of the rows. Default: none.");

    private final CheckpointOptions checkpoints = new CheckpointOptions();

    @Override
    String name() {
        return "fit";
    }

    @Override
    String summary() {
        return "Fit a Gaussian mixture to the columns of numbers in files.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura fit examples/faithful.csv",
                "    Tries 1 to 9 components and shows the mixture that BIC prefers.",
                "mixtura fit examples/iris.csv --components 3 --model iris.json",
                "    Three components, kept for mixtura score, sample and show.",
                "mixtura fit examples/wine.csv --covariance full,tied,diag --components 1..5",
                "    Chooses among shapes as well: one line for each in the table.",
                "mixtura fit \"2026/*.parquet\" --columns km,fare --where \"fare > 0\" --stream",
                "    Many files as one table, some of its rows, more than fits in memory.",
                "mixtura fit new.csv --init iris.json --max-iter 20 --format json",
                "    Goes on from a model that is there already; the result is for a program.",
                "mixtura fit examples/faithful.csv --method dp --components 8",
                "    Bayesian: of at most eight components, those not needed empty themselves.",
                "mixtura fit stars.csv --columns x,y --errors x=sigma_x,y=sigma_y",
                "    Measured with known errors: the mixture of the values without them.",
                "mixtura fit big.parquet --components 16 --memory 512m --checkpoint ck --resume",
                "    Larger than memory; if it is killed, the same command goes on.");
    }

    @Override
    String synopsis() {
        return "fit DATA... [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(data);
    }

    @Override
    List<Group> options() {
        return List.of(
                input.choice(),
                options.model(),
                options.fitting(),
                options.regularization().group(),
                options.priors().group(),
                atoms.group(),
                new Group("Results", List.of(modelFile, reportFile, scoresFile, prefix, format.option())),
                checkpoints.group(),
                input.files());
    }

    @Override
    List<String> notes() {
        List<String> notes = new ArrayList<>(List.of(
                "Columns with one value only have no density and are left out, unless --reg-covar gives them one.",
                "A fit in which every start collapsed is shown for what it is worth; --model and --scores then write"
                        + " nothing, and the exit code is 3.",
                "",
                "Exit codes:"));
        notes.addAll(Overview.exitCodes());
        return notes;
    }

    @Override
    void run(Run run) {
        TableOptions reading = input.reading();
        FitMethod method = FitMethod.of(options);
        options.checkCells();
        atoms.given().filter(given -> reportFile.isGiven()).ifPresent(given -> {
            throw new UsageException("--report draws rows as points, which " + given.name()
                    + " says they are not; leave one of them out");
        });
        if (input.keepsGaps() && !method.takesGaps()) {
            throw new UsageException("--missing exact is not for the published programs, which need every value; take"
                    + " --missing drop");
        }
        options.checkLabels();
        if (options.tails().isPresent() && options.noise()) {
            throw new UsageException("--tails does not go with --noise; leave one of them out");
        }
        checkTargets();
        checkpoints.check(method);
        Optional<GaussianMixture> start = options.start() == FitOptions.Start.MODEL && !method.readsStart()
                ? Optional.of(start(ModelInput.load(options.startModel())))
                : Optional.empty();
        try (Table files = Table.matching(data.words()).with(reading)) {
            modelTarget().ifPresent(target -> target.checkApartFrom(files.files()));
            reportTarget().ifPresent(target -> target.checkApartFrom(files.files()));
            if (!checkpoints.given()) {
                fit(files, method, start, PassJournal.NONE, run);
                return;
            }
            try (Checkpoint checkpoint = checkpoints.open(files, start, bearing())) {
                run.interruption().remedy("; add --resume to go on");
                if (run.verbose() && checkpoint.passes() > 0) {
                    run.terminal().say("going on; passes known: " + Digits.count(checkpoint.passes()));
                }
                try (Table table = files.with(reading.keptIn(checkpoint.folder()))) {
                    fit(table, method, start, checkpoint, run);
                } catch (IllegalArgumentException e) {
                    // It would come to the same each time.
                    checkpoint.remove();
                    throw e;
                }
                checkpoint.remove();
            }
        }
    }

    /** What to start from: the Gaussians that tails are added to, or the whole model. */
    private GaussianMixture start(MixtureFile model) {
        return options.tails().isPresent() && model.tailed().isPresent() ? model.gaussians() : model.mixture();
    }

    /** The options that bear on the numbers of a fit. */
    private List<Option<?>> bearing() {
        List<Option<?>> bearing = new ArrayList<>();
        for (Group group : List.of(
                input.choice(),
                options.model(),
                options.fitting(),
                options.regularization().group(),
                options.priors().group(),
                atoms.group(),
                input.files())) {
            bearing.addAll(group.options());
        }
        bearing.removeAll(input.places());
        bearing.remove(options.threadsOption());
        return bearing;
    }

    private void fit(Table table, FitMethod method, Optional<GaussianMixture> start, PassJournal journal, Run run) {
        long began = System.nanoTime();
        Reading read = input.read(table, choice(table, start), run);
        Rows values = atoms.applyTo(read.rows());
        Map<String, Double> constants = method.refusesConstantColumns() ? ConstantColumns.of(values) : Map.of();
        Summary summary = Summary.of(table, read).with(atoms).without(constants);
        requireColumns(summary, constants, values.count());
        Rows rows = constants.isEmpty() ? values : values.select(summary.columns());
        Optional<Cells> cells = options.cells().map(count -> Cells.of(rows, count, options.threads()));
        Outcome outcome = method.fit(problem(read, values.columns(), rows, cells, start, journal), run);
        if (run.verbose() && !options.reference()) {
            details(outcome).forEach(run.terminal()::say);
        }
        List<String> written = write(outcome, read, rows, summary, run);
        report(outcome, summary, written, (System.nanoTime() - began) / 1e9, run);
    }

    private Optional<OutputFile> modelTarget() {
        return modelFile.given().map(path -> new OutputFile(modelFile.name(), path));
    }

    private Optional<OutputFile> reportTarget() {
        return reportFile.given().map(path -> new OutputFile(reportFile.name(), path));
    }

    private void checkTargets() {
        modelTarget().ifPresent(OutputFile::check);
        reportTarget().ifPresent(OutputFile::check);
        scoresFile.given().ifPresent(TableWriter::check);
        List<Option<Path>> targets = List.of(modelFile, reportFile, scoresFile);
        for (int i = 0; i < targets.size(); i++) {
            for (int j = i + 1; j < targets.size(); j++) {
                if (targets.get(i).isGiven()
                        && targets.get(i).given().equals(targets.get(j).given())) {
                    throw new UsageException(targets.get(i).name() + " and "
                            + targets.get(j).name() + " name the same file; choose two");
                }
            }
        }
    }

    private ColumnChoice choice(Table table, Optional<GaussianMixture> start) {
        List<String> apart = new ArrayList<>(input.excluded());
        input.weights().ifPresent(apart::add);
        options.labelColumn().ifPresent(apart::add);
        apart.addAll(atoms.beside());
        options.partialLabelColumn().ifPresent(apart::add);
        Optional<List<String>> wanted = start.map(mixture -> ModelColumns.in(table, mixture, input.columns(), apart))
                .or(input::columns);
        ColumnChoice choice = wanted.map(atoms::with).map(ColumnChoice::of).orElse(ColumnChoice.numbers());
        choice = choice.without(input.excluded());
        choice = input.weights().isPresent() ? choice.weights(input.weights().get()) : choice;
        if (options.partialLabelColumn().isPresent()) {
            return choice.partialLabels(options.partialLabelColumn().get());
        }
        return options.labelColumn().isPresent()
                ? choice.labels(options.labelColumn().get())
                : choice;
    }

    private static void requireColumns(Summary summary, Map<String, Double> constants, long rows) {
        if (summary.columns().isEmpty()) {
            Map.Entry<String, Double> first = constants.entrySet().iterator().next();
            throw new IllegalArgumentException(summary.source() + ": no column varies (\"" + first.getKey() + "\" is "
                    + Digits.exact(first.getValue()) + " in " + Digits.count(rows, "row")
                    + "), and a constant has no density; give rows that differ, or --reg-covar above 0");
        }
    }

    private FitMethod.Problem problem(
            Reading read,
            List<String> columns,
            Rows rows,
            Optional<Cells> cells,
            Optional<GaussianMixture> start,
            PassJournal journal) {
        Optional<Classes> classes = options.labelColumn().map(column -> {
            Labels labels = read.labels();
            return Classes.of(labels.codes(), labels.names());
        });
        Optional<PartialLabels> known =
                options.partialLabelColumn().map(column -> KnownClasses.of(read.labels(), column));
        // The start has the columns that were read; some of them may have been left out since.
        Optional<GaussianMixture> fitting = start.map(mixture -> {
            GaussianMixture named = mixture.named(columns);
            return rows.dimension() < named.dimension()
                    ? named.marginal(rows.columns().toArray(String[]::new))
                    : named;
        });
        return new FitMethod.Problem(rows, cells, fitting, classes, known, journal);
    }

    /** Writes the files that were asked for; gives a line about each. */
    private List<String> write(Outcome outcome, Reading read, Rows rows, Summary summary, Run run) {
        List<String> written = new ArrayList<>();
        boolean wanted = modelFile.isGiven() || scoresFile.isGiven();
        if (wanted && outcome.fit().stopReason() == StopReason.COLLAPSED) {
            throw new IllegalArgumentException(collapse(outcome.fit()) + "; nothing was written");
        }
        scoresFile.given().ifPresent(target -> {
            List<RowScore> scores = new ArrayList<>();
            for (String word : List.of("label", "log_density")) {
                scores.add(RowScore.of(word, prefix.value(), outcome.scorer()));
            }
            new Scores(outcome.scorer(), scores).write(read, rows, target, options.threads(), run);
            written.add("Scores are in " + target);
        });
        reportTarget().ifPresent(target -> {
            target.write(() -> new FitPage(outcome, rows, summary)
                    .report(warnings(outcome), options.threads())
                    .write(target.path()));
            written.add("The report is in " + target.path());
        });
        modelTarget().ifPresent(target -> {
            MixtureFile file =
                    outcome.file().with("seed", Long.toString(options.seed())).with("data", summary.source());
            target.write(() -> file.save(target.path()));
            written.add("The model is in " + target.path());
        });
        return written;
    }

    private static String collapse(Fit<?> fit) {
        return "the fit collapsed: " + fit.stopDetail() + "; keep the regularization or ask for fewer components";
    }

    private void report(Outcome outcome, Summary summary, List<String> written, double seconds, Run run) {
        List<String> warnings = warnings(outcome);
        if (format.isJson()) {
            Map<String, String> used = new LinkedHashMap<>(outcome.fit().options());
            used.put("threads", Integer.toString(options.threads()));
            run.terminal().print(new FitJson(outcome).render(warnings, summary, options.seed(), used, seconds));
        } else if (!run.quiet()) {
            run.terminal()
                    .print(new FitReport(outcome, run.terminal().width()).render(warnings, summary, written, seconds));
        }
    }

    /** What --verbose adds: how each candidate came out. */
    private static List<String> details(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add("kernels: " + Version.kernels());
        for (Choice choice : outcome.choices()) {
            choice.fit()
                    .ifPresent(fit -> lines.add(Choice.name(choice.components(), choice.structure()) + ": "
                            + Digits.count(fit.iterations(), "iteration") + ", " + Digits.seconds(fit.seconds())
                            + ", objectives of the starts "
                            + Arrays.stream(fit.restartObjectives())
                                    .mapToObj(objective -> Digits.significant(objective, 6))
                                    .collect(Collectors.joining(" "))));
        }
        return lines;
    }

    private List<String> warnings(Outcome outcome) {
        List<String> warnings = new ArrayList<>();
        Fit<?> fit = outcome.fit();
        if (fit.stopReason() == StopReason.COLLAPSED) {
            warnings.add(collapse(fit));
        }
        boolean forced = options.givenTolerance().orElse(1.0) == 0
                || (options.reference() && outcome.posterior().isEmpty());
        if (fit.stopReason() == StopReason.MAX_ITERATIONS && !forced) {
            warnings.add("not converged after " + Digits.count(fit.iterations(), "iteration")
                    + "; raise --max-iter or --tol");
        }
        List<Choice> choices = outcome.choices();
        int most = choices.stream().mapToInt(Choice::components).max().orElse(0);
        int least = choices.stream().mapToInt(Choice::components).min().orElse(0);
        if (most > least && outcome.mixture().size() == most) {
            warnings.add(outcome.criterion() + " chose the largest number of components tried, " + most
                    + "; more may be better still");
        }
        if (outcome.cells().isPresent() && outcome.mixture().dimension() > Cells.MOST_COLUMNS) {
            warnings.add("cells of " + outcome.mixture().dimension() + " columns are wide; above " + Cells.MOST_COLUMNS
                    + " fit to all rows, or go on with --init from this model");
        }
        warnings.addAll(fit.warnings());
        return warnings;
    }
}
