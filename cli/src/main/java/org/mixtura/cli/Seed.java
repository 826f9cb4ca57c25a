package org.mixtura.cli;

/** The option for the seed of random choices. */
final class Seed {
    private Seed() {}

    static Option<Long> option() {
        return Option.of(
                        "--seed",
                        "N",
                        Seed::parse,
                        "Seed of all random choices. Default 0: the same command gives the same result, bit for bit.")
                .orElse(0L);
    }

    /** A whole number of 64 bits. */
    static Long parse(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number of at most 64 bits", e);
        }
    }
}
