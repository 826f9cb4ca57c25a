package org.mixtura.cli;

import java.util.Arrays;
import java.util.List;
import org.mixtura.fit.Em;
import org.mixtura.fit.Parameter;
import org.mixtura.fit.Proportions;

/** The options that keep a fit by maximum likelihood from changing some parameters. */
final class FreedomOptions {
    private final Option<Boolean> equalWeights = Option.flag(
            "--equal-weights",
            "Give all components the same weight, and the criterion K - 1 parameters less to pay for. Default: weights are"
                    + " fitted.");
    private final Option<List<Parameter>> freeze = Option.of(
            "--freeze",
            "A,B,…",
            FreedomOptions::parse,
            "Leave these as the model of --init has them: weights, means, covariances. Default: all are fitted.");

    private static List<Parameter> parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(FreedomOptions::parameter).toList();
    }

    private static Parameter parameter(String word) {
        return Arrays.stream(Parameter.values())
                .filter(parameter -> parameter.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected some of weights, means, covariances"));
    }

    /** The options. */
    List<Option<?>> all() {
        return List.of(equalWeights, freeze);
    }

    /**
     * An estimator with what the user wants.
     *
     * @param startsFromModel whether there is a model whose parameters could be left
     * @throws UsageException if there is none, but some should be
     */
    Em applyTo(Em em, boolean startsFromModel) {
        List<Parameter> frozen = freeze.given().orElse(List.of());
        if (!frozen.isEmpty() && !startsFromModel) {
            throw new UsageException("--freeze leaves parameters as a model has them; name one with --init MODEL.json");
        }
        return em.proportions(equalWeights.value() ? Proportions.EQUAL : Proportions.FREE)
                .frozen(frozen.toArray(Parameter[]::new));
    }
}
