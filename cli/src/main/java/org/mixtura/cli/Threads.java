package org.mixtura.cli;

/** The option that limits the threads. */
final class Threads {
    private Threads() {}

    static Option<Integer> option() {
        return Option.integer(
                        "--threads",
                        "N",
                        1,
                        "Threads that work. Default: all processors. The result is the same for any number.")
                .orElse(Runtime.getRuntime().availableProcessors());
    }
}
