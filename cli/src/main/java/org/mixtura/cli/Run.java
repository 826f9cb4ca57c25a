package org.mixtura.cli;

/**
 * What every subcommand is given: where to speak, how much, and whether to stop.
 *
 * @param terminal where to speak
 * @param interruption whether to stop
 * @param quiet whether to say nothing but errors and what a machine is to read
 * @param verbose whether to say everything
 */
record Run(Terminal terminal, Interruption interruption, boolean quiet, boolean verbose) {
    /** A line of progress, silent where nobody watches. */
    Progress progress() {
        return new Progress(terminal, quiet, verbose);
    }
}
