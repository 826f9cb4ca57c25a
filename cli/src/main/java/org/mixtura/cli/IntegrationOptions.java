package org.mixtura.cli;

/** The options of every command that integrates: how exact, how many points at most, which ones. */
final class IntegrationOptions {
    private IntegrationOptions() {}

    /**
     * The error wanted.
     *
     * @param standard the default, as the help shows it
     */
    static Option<Double> tolerance(String standard) {
        return Option.number(
                        "--tolerance",
                        "X",
                        0,
                        "Error wanted, in nats. Default " + standard
                                + ". Where it cannot be reached the error says so.")
                .orElse(Double.parseDouble(standard));
    }

    /** The limit of sampling. */
    static Option<Long> draws() {
        return Option.of(
                        "--draws",
                        "N",
                        SampleCommand::parseCount,
                        "Most points that sampling draws, where it is used. Default 1048576: about a second.")
                .orElse(1L << 20);
    }

    /** Which points sampling draws. */
    static Option<Long> seed() {
        return Option.of(
                        "--seed",
                        "N",
                        Seed::parse,
                        "Seed of the points that sampling draws. Default 0: the same command gives the same result.")
                .orElse(0L);
    }

    /**
     * Checks a tolerance.
     *
     * @throws UsageException if it is 0
     */
    static void requirePositive(Option<Double> tolerance) {
        if (!(tolerance.value() > 0)) {
            throw new UsageException("--tolerance is 0; expected a number above 0, such as 1e-6");
        }
    }
}
