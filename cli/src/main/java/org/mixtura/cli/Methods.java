package org.mixtura.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What {@code fit --method} knows. */
enum Methods {
    /** Maximum likelihood. */
    EM("em"),
    /** Dirichlet weights, unknown means, the identity as known covariance. */
    CAVI("cavi"),
    /** Fixed equal weights, unknown means, the identity as known covariance. */
    MEAN_FIELD("mean-field"),
    /** Dirichlet weights, unknown means and covariances. */
    BAYES("bayes"),
    /** A Dirichlet process for the weights, unknown means and covariances. */
    DP("dp");

    private final String word;

    Methods(String word) {
        this.word = word;
    }

    /** The word on the command line. */
    String word() {
        return word;
    }

    /** All words. */
    static List<String> words() {
        return Stream.of(values()).map(Methods::word).toList();
    }

    /** The method of one of these words. */
    static Methods of(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a posterior is fitted. */
    boolean variational() {
        return this != EM;
    }

    /** Whether covariances are the identity. */
    boolean knownCovariance() {
        return this == CAVI || this == MEAN_FIELD;
    }
}
