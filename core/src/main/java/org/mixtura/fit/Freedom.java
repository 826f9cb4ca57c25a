package org.mixtura.fit;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mixtura.mixture.CovarianceStructure;

/**
 * What of a mixture an EM fit is free to change.
 *
 * @param structure what the covariances have in common
 * @param proportions what is known of the weights
 * @param frozen what stays as the start has it
 */
record Freedom(CovarianceStructure structure, Proportions proportions, Set<Parameter> frozen) {
    Freedom {
        frozen = Set.copyOf(frozen);
    }

    /** All that a structure allows. */
    static Freedom of(CovarianceStructure structure) {
        return new Freedom(structure, Proportions.FREE, Set.of());
    }

    Freedom with(CovarianceStructure value) {
        return new Freedom(value, proportions, frozen);
    }

    Freedom with(Proportions value) {
        return new Freedom(structure, value, frozen);
    }

    Freedom with(Set<Parameter> value) {
        return new Freedom(structure, proportions, value);
    }

    boolean frozen(Parameter parameter) {
        return frozen.contains(parameter);
    }

    /** What is frozen, such as "weights, means". */
    String frozenInWords() {
        return frozen.stream()
                .sorted()
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The number of free parameters of K components in d columns. */
    long parameters(int components, int dimension) {
        long weights = components - 1L;
        long means = (long) components * dimension;
        long covariances = structure.parameters(components, dimension) - means - weights;
        return (proportions == Proportions.EQUAL || frozen(Parameter.WEIGHTS) ? 0 : weights)
                + (frozen(Parameter.MEANS) ? 0 : means)
                + (frozen(Parameter.COVARIANCES) ? 0 : covariances);
    }
}
