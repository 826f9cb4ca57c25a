package org.mixtura.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.transport.EntropicPlan;
import org.mixtura.transport.Sinkhorn;

/** Says how far two models are apart, and which components belong together. */
final class CompareCommand extends Subcommand {
    private static final String COUNTING = "counting";

    private final Argument first = Argument.model(0, "A", "A model file.");
    private final Argument second =
            Argument.model(1, "B", "Another, of the same columns; they are found by name, in whatever order.");
    private final OutputFormat format = new OutputFormat();
    private final Option<Double> epsilon = Option.number(
            "--epsilon",
            "E",
            0,
            "Also solve the entropic transport problem with this weight of the entropy, in squared units of the columns."
                    + " Default: only the exact one.");
    private final Option<Double> tau = Option.number(
                    "--tau",
                    "T",
                    0,
                    "How firmly the entropic plan keeps to the weights: 1, the default, exactly; below 1 mass may come"
                            + " and go.")
            .orElse(1.0);
    private final Option<String> reference = Option.oneOf(
                    "--reference",
                    List.of("product", COUNTING),
                    "What the entropy of the plan is taken against. Default product, the weights' own; counting gives"
                            + " the plan that OTT-JAX finds with tau below 1.")
            .orElse("product");
    private final Option<Integer> maxIter = Option.integer(
                    "--max-iter", "N", 1, "Most iterations of the entropic problem. Default 10000.")
            .orElse(10_000);
    private final Option<Path> reportFile = Option.file(
            "--report",
            "FILE.html",
            "Write a page to look at and to send on: both mixtures in one picture, what moves between them, the distances."
                    + " Default: none.");
    /** Enough to read the distances; five of them to more digits take seconds in four columns. */
    private final Option<Double> tolerance = IntegrationOptions.tolerance("1e-4");

    private final Option<Long> draws = IntegrationOptions.draws();
    private final Option<Long> seed = IntegrationOptions.seed();

    @Override
    String name() {
        return "compare";
    }

    @Override
    String summary() {
        return "Compare two models: distances, matched components, what moved.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura compare monday.json tuesday.json",
                "    Which components belong together, what moved, how far apart they are.",
                "mixtura compare monday.json tuesday.json --epsilon 0.01 --format json",
                "    The same for programs, with the entropic transport plan.");
    }

    @Override
    String synopsis() {
        return "compare A B [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(first, second);
    }

    @Override
    List<Group> options() {
        return List.of(
                new Group("Divergences", List.of(tolerance, draws, seed)),
                new Group("Entropic transport", List.of(epsilon, tau, reference, maxIter)),
                new Group("Results", List.of(reportFile, format.option())));
    }

    @Override
    List<String> notes() {
        return List.of("W2 and MW2 are in the units of the columns: bring the data to one scale before fitting if they"
                + " differ. The other distances do not depend on units, except l2_squared.");
    }

    @Override
    void run(Run run) {
        IntegrationOptions.requirePositive(tolerance);
        Optional<Sinkhorn> sinkhorn = sinkhorn();
        Path pathA = ModelInput.path(first);
        Path pathB = ModelInput.path(second);
        Optional<OutputFile> report = reportFile.given().map(path -> new OutputFile(reportFile.name(), path));
        report.ifPresent(target -> target.check().checkApartFrom(List.of(pathA, pathB)));
        GaussianMixture a = ModelInput.load(pathA).mixture();
        GaussianMixture b = SameColumns.inOrderOf(a, ModelInput.load(pathB).mixture());
        Comparison comparison = Comparison.of(a, b, tolerance.value(), draws.value(), seed.value());
        Optional<EntropicPlan> entropic = sinkhorn.map(options -> options.between(a, b));
        run.interruption().check();
        report.ifPresent(target -> target.write(() -> new ComparisonPage(comparison)
                .report(pathA.toString(), pathB.toString())
                .write(target.path())));
        if (format.isJson()) {
            run.terminal().print(new ComparisonJson(comparison, entropic, tau.value()).render());
        } else if (!run.quiet()) {
            run.terminal()
                    .print(new ComparisonReport(comparison, run.terminal().width())
                            .render(pathA.toString(), pathB.toString(), entropic));
            report.ifPresent(target -> run.terminal().print("\nThe report is in " + target.path() + "\n"));
        }
    }

    /** The entropic problem that was asked for, if one was. */
    private Optional<Sinkhorn> sinkhorn() {
        if (epsilon.isGiven()) {
            try {
                return Optional.of(Sinkhorn.standard()
                        .epsilon(epsilon.value())
                        .tau(tau.value())
                        .reference(
                                reference.value().equals(COUNTING)
                                        ? Sinkhorn.Reference.COUNTING
                                        : Sinkhorn.Reference.PRODUCT)
                        .maxIterations(maxIter.value()));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--"
                        + (epsilon.value() > 0
                                ? "tau is " + tau.value() + "; expected a number above" + " 0, at most 1"
                                : "epsilon is 0; expected a number above 0"));
            }
        }
        for (Option<?> option : List.of(tau, reference, maxIter)) {
            if (option.isGiven()) {
                throw new UsageException(option.name() + " belongs to the entropic problem; give --epsilon too");
            }
        }
        return Optional.empty();
    }
}
