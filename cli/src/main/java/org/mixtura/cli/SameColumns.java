package org.mixtura.cli;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.mixture.GaussianMixture;

/** Brings the columns of two models into one order. */
final class SameColumns {
    private SameColumns() {}

    /**
     * The second model with its columns in the order of the first one's. Columns of the same names belong together; a model
     * without names, whose columns are called x0, x1, …, takes the other's columns as they come.
     *
     * @throws IllegalArgumentException if the columns are not the same
     */
    static GaussianMixture inOrderOf(GaussianMixture first, GaussianMixture second) {
        List<String> own = first.columns();
        List<String> others = second.columns();
        if (own.equals(others)) {
            return second;
        }
        if (new HashSet<>(own).equals(new HashSet<>(others))) {
            return second.marginal(own.toArray(String[]::new));
        }
        if (own.size() == others.size() && (unnamed(own) || unnamed(others))) {
            return second.named(own);
        }
        throw new IllegalArgumentException("the models are of different columns: " + String.join(", ", own) + " and "
                + String.join(", ", others) + "; compare models of the same columns");
    }

    private static boolean unnamed(List<String> names) {
        return names.equals(
                IntStream.range(0, names.size()).mapToObj(j -> "x" + j).toList());
    }
}
