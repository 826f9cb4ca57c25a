package org.mixtura.cli;

/** How a run of the command ends, for the shell. */
enum ExitCode {
    /** What was asked for was done. */
    DONE(0, "done"),
    /** A defect, or too little memory. */
    INTERNAL(1, "internal error"),
    /** The command line is wrong; nothing was read. */
    USAGE(2, "wrong command line"),
    /** The data or a model do not allow what was asked for. */
    BAD_INPUT(3, "bad data or model, or a fit that failed"),
    /** A result could not be written. */
    CANNOT_WRITE(4, "a result could not be written"),
    /** Stopped by Ctrl-C; what a shell reports for a process that SIGINT ended. */
    INTERRUPTED(130, "interrupted by Ctrl-C");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The number that the shell sees. */
    int number() {
        return number;
    }

    /** What it means, for the help. */
    String meaning() {
        return meaning;
    }
}
