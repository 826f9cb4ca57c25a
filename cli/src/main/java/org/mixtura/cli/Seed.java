package org.mixtura.cli;

/** The option for the seed of random choices. */
final class Seed {
    private Seed() {}

    /** The seed of all random choices of a command. */
    static Option<Long> option() {
        return option("Seed of all random choices. Default 0: the same command gives the same result, bit for bit.");
    }

    /** The seed of what a description says. */
    static Option<Long> option(String description) {
        return Option.of("--seed", "N", Seed::parse, description).orElse(0L);
    }

    private static Long parse(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number of at most 64 bits", e);
        }
    }
}
