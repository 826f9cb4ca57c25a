package org.mixtura.cli;

/** The verbs of the command line, in the order of the help. Each is made only when it is called. */
enum Subcommands {
    FIT("fit"),
    SCORE("score"),
    PREDICT("predict"),
    IMPUTE("impute"),
    SAMPLE("sample"),
    SHOW("show"),
    PLOT("plot"),
    COMPARE("compare"),
    UNCERTAINTY("uncertainty"),
    TEST("test"),
    REDUCE("reduce"),
    ENTROPY("entropy"),
    ENERGY("energy"),
    COMPLETION("completion");

    private final String word;

    Subcommands(String word) {
        this.word = word;
    }

    /** The word on the command line. */
    String word() {
        return word;
    }

    /** A new instance, for one run. */
    Subcommand create() {
        return switch (this) {
            case FIT -> new FitCommand();
            case SCORE -> new ScoreCommand();
            case PREDICT -> new PredictCommand();
            case IMPUTE -> new ImputeCommand();
            case SAMPLE -> new SampleCommand();
            case SHOW -> new ShowCommand();
            case PLOT -> new PlotCommand();
            case COMPARE -> new CompareCommand();
            case UNCERTAINTY -> new UncertaintyCommand();
            case TEST -> new TestCommand();
            case REDUCE -> new ReduceCommand();
            case ENTROPY -> new EntropyCommand();
            case ENERGY -> new EnergyCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }
}
