package org.mixtura.cli;

import java.util.List;
import org.mixtura.entropy.Cutoff;
import org.mixtura.entropy.Entropy;
import org.mixtura.entropy.Series;
import org.mixtura.integration.Estimate;
import org.mixtura.mixture.GaussianMixture;

/** Computes the entropy of a model. */
final class EntropyCommand extends Subcommand {
    private static final String AUTO = "auto";
    private static final String LEGENDRE = "legendre";
    private static final String TAYLOR = "taylor";
    private static final String MONTE_CARLO = "monte-carlo";
    private static final String BOUNDS = "bounds";

    private final Argument model = Argument.model();
    private final OutputFormat format = new OutputFormat();
    private final Option<String> method = Option.oneOf(
                    "--method",
                    List.of(AUTO, LEGENDRE, TAYLOR, MONTE_CARLO, BOUNDS),
                    "auto, the default: a formula, quadrature, a grid or sampling, as the dimension asks. legendre,"
                            + " taylor: the series of that name. monte-carlo: sampling always. bounds: formulas between"
                            + " which it lies.")
            .orElse(AUTO);
    private final Option<Integer> order = Option.integer(
                    "--order",
                    "N",
                    0,
                    "Order of a series. Default 8; terms grow as a power of the number of components.")
            .orElse(8);
    private final Option<String> cutoff = Option.text(
                    "--cutoff",
                    "A",
                    "Density that a series divides by: a, the default, is a bound of the model's density; reference is"
                            + " a + 0.001, the reference program's; or a number of at least a.")
            .orElse("a");
    private final Option<Double> tolerance = IntegrationOptions.tolerance("1e-6");
    private final Option<Long> draws = IntegrationOptions.draws();
    private final Option<Long> seed = IntegrationOptions.seed();

    @Override
    String name() {
        return "entropy";
    }

    @Override
    String summary() {
        return "Entropy of a model, in nats, with its error.";
    }

    @Override
    List<String> examples() {
        return List.of(
                "mixtura entropy iris.json",
                "    The entropy, how exact it is, how it was found, and bounds.",
                "mixtura entropy iris.json --method legendre --order 12 --cutoff reference",
                "    The Legendre series of order 12, cut off as the reference program does.");
    }

    @Override
    String synopsis() {
        return "entropy MODEL [OPTIONS]";
    }

    @Override
    List<Argument> arguments() {
        return List.of(model);
    }

    @Override
    List<Group> options() {
        return List.of(new Group("Entropy", List.of(method, order, cutoff, tolerance, draws, seed, format.option())));
    }

    @Override
    List<String> notes() {
        return List.of("The error of an estimate is how far the entropy may lie from the value; that of a series, whose"
                + " own error nobody knows, is the distance to the farther of the certain bounds.");
    }

    @Override
    void run(Run run) {
        String word = method.value();
        boolean series = word.equals(LEGENDRE) || word.equals(TAYLOR);
        for (Option<?> option : List.of(order, cutoff)) {
            if (option.isGiven() && !series) {
                throw new UsageException(option.name() + " belongs to a series; give --method legendre or taylor too");
            }
        }
        IntegrationOptions.requirePositive(tolerance);
        int degree = order.value();
        GaussianMixture mixture = ModelInput.load(ModelInput.path(model)).mixture();
        Entropy entropy = Entropy.of(mixture).draws(draws.value()).seed(seed.value());
        Entropy.Bounds bounds = entropy.bounds();
        EntropyReport report;
        if (series) {
            Entropy cut = entropy.cutoff(cutoff(mixture)).seriesTolerance(tolerance.value());
            Series sum = word.equals(LEGENDRE) ? cut.legendre(degree) : cut.taylor(degree);
            report = EntropyReport.of(sum, word, bounds);
        } else if (word.equals(BOUNDS)) {
            report = EntropyReport.of(bounds);
        } else {
            Estimate estimate =
                    word.equals(AUTO) ? entropy.estimate(tolerance.value()) : entropy.sampled(tolerance.value());
            report = EntropyReport.of(estimate, bounds);
        }
        if (format.isJson()) {
            run.terminal().print(report.json());
        } else if (!run.quiet()) {
            run.terminal().print(report.text(tolerance.value()));
        }
    }

    private Cutoff cutoff(GaussianMixture mixture) {
        String text = cutoff.value().strip();
        if (text.equals("a")) {
            return Cutoff.bound();
        }
        if (text.equals("reference")) {
            return Cutoff.reference();
        }
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--cutoff is \"" + text + "\"; expected a, reference or a number");
        }
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new UsageException("--cutoff is \"" + text + "\"; expected a finite number above 0");
        }
        double bound = Cutoff.logBound(mixture);
        // The bound itself, as another run printed it, may be off by rounding.
        if (!(Math.log(number) >= bound - 1e-12)) {
            throw new IllegalArgumentException("--cutoff is " + text + ", below the bound "
                    + Digits.exact(Math.exp(bound))
                    + " of this model's density, so the series may diverge; raise it, or"
                    + " leave it out");
        }
        return Cutoff.of(number);
    }
}
