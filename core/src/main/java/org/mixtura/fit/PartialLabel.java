package org.mixtura.fit;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of the component of a row: a factor l between 0 and 1 for each class that it names, and one for all that it does
 * not name. A row's density is then Σ_k l_k π_k N_k(x).
 *
 * <table>
 * <caption>Kinds of labels</caption>
 * <tr><th>what is known</th><th>as text</th><th>factors of those named</th><th>of all others</th></tr>
 * <tr><td>nothing</td><td>nothing, or NA</td><td></td><td>1</td></tr>
 * <tr><td>the class</td><td>{@code setosa}</td><td>1</td><td>0</td></tr>
 * <tr><td>one of some classes</td><td>{@code setosa|versicolor}</td><td>1</td><td>0</td></tr>
 * <tr><td>none of some classes</td><td>{@code !virginica}</td><td>0</td><td>1</td></tr>
 * <tr><td>how likely each class is</td><td>{@code setosa:0.7|versicolor:0.3}</td><td>as given</td><td>0</td></tr>
 * </table>
 *
 * <p>So a label that lists classes rules out all that it does not list: other classes, components without a class, and noise. One
 * that excludes classes rules out nothing else. Immutable.
 */
public final class PartialLabel {
    private static final PartialLabel UNKNOWN = new PartialLabel(Map.of(), 1);

    private final Map<String, Double> factors;
    private final double others;

    private PartialLabel(Map<String, Double> factors, double others) {
        this.factors = Collections.unmodifiableMap(new TreeMap<>(factors));
        this.others = others;
    }

    /** {@return the label of a row of which nothing is known} */
    public static PartialLabel unknown() {
        return UNKNOWN;
    }

    /**
     * The label of a row that belongs to one of some classes.
     *
     * @param classes the classes, at least one; a single one is the row's class
     * @return the label
     * @throws IllegalArgumentException if there is no class or one has no name
     */
    public static PartialLabel oneOf(String... classes) {
        return new PartialLabel(each(classes, 1), 0);
    }

    /**
     * The label of a row that belongs to none of some classes.
     *
     * @param classes the classes, at least one
     * @return the label
     * @throws IllegalArgumentException if there is no class or one has no name
     */
    public static PartialLabel noneOf(String... classes) {
        return new PartialLabel(each(classes, 0), 1);
    }

    /**
     * The label of a row of which each class is more or less likely.
     *
     * @param factors for each class that it may belong to how likely what is known of it is if it does, between 0 and 1; only their
     *     ratios matter to the fit, and they need not sum to one
     * @return the label
     * @throws IllegalArgumentException if no factor is positive, one is not between 0 and 1, or a class has no name
     */
    public static PartialLabel soft(Map<String, Double> factors) {
        factors.forEach((name, factor) -> {
            requireName(name);
            if (!(factor >= 0 && factor <= 1)) {
                throw new IllegalArgumentException(
                        "the factor of class \"" + name + "\" is " + factor + "; a factor is between 0 and 1");
            }
        });
        if (factors.values().stream().noneMatch(factor -> factor > 0)) {
            throw new IllegalArgumentException(
                    "no class of " + factors + " has a factor above 0, so that the row could belong to none");
        }
        return new PartialLabel(factors, 0);
    }

    private static Map<String, Double> each(String[] classes, double factor) {
        if (classes.length == 0) {
            throw new IllegalArgumentException("a label without a class; name at least one");
        }
        Map<String, Double> factors = new LinkedHashMap<>();
        for (String name : classes) {
            requireName(name);
            factors.put(name, factor);
        }
        return factors;
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a class without a name");
        }
    }

    /**
     * A label from its text, as in the table above. Blanks around names do not count; a name holds no {@code |}, does not start
     * with {@code !}, and where a number follows its last {@code :} that is the factor.
     *
     * @param text the text
     * @return the label
     * @throws IllegalArgumentException if the text is no label
     */
    public static PartialLabel parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.equals("NA")) {
            return UNKNOWN;
        }
        try {
            if (stripped.startsWith("!")) {
                return noneOf(names(stripped.substring(1)));
            }
            List<Map.Entry<String, Double>> parts =
                    Arrays.stream(names(stripped)).map(PartialLabel::part).toList();
            long soft = parts.stream().filter(part -> !part.getValue().isNaN()).count();
            if (soft == 0) {
                return oneOf(names(stripped));
            }
            if (soft < parts.size()) {
                throw new IllegalArgumentException(
                        "some classes have factors and some have none; give all of them one");
            }
            Map<String, Double> factors = new LinkedHashMap<>();
            parts.forEach(part -> factors.put(part.getKey(), part.getValue()));
            return soft(factors);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("label \"" + stripped + "\": " + e.getMessage()
                    + "; a label is a class, a|b for one of them, !a for none of them, or a:0.7|b:0.3");
        }
    }

    private static String[] names(String text) {
        String[] names = Arrays.stream(text.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        for (String name : names) {
            if (name.startsWith("!")) {
                throw new IllegalArgumentException("a ! stands once, before all that the row is not");
            }
        }
        if (Arrays.stream(names).distinct().count() < names.length) {
            throw new IllegalArgumentException("a class is named twice");
        }
        return names;
    }

    /** A class and its factor; NaN if it has none. */
    private static Map.Entry<String, Double> part(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                double factor = Double.parseDouble(text.substring(colon + 1));
                if (!Double.isNaN(factor)) {
                    return Map.entry(text.substring(0, colon).strip(), factor);
                }
            } catch (NumberFormatException e) {
                return Map.entry(text, Double.NaN);
            }
        }
        return Map.entry(text, Double.NaN);
    }

    /** The classes that it names and the factor of each, by name. */
    Map<String, Double> factors() {
        return factors;
    }

    /** The factor of a class. */
    double factor(String name) {
        return factors.getOrDefault(name, others);
    }

    /** The factor of all that it does not name. */
    double others() {
        return others;
    }

    /** Whether it says nothing. */
    boolean isUnknown() {
        return factors.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartialLabel label && factors.equals(label.factors) && others == label.others;
    }

    @Override
    public int hashCode() {
        return factors.hashCode();
    }

    /** {@return its text, which {@link #parse} understands} */
    @Override
    public String toString() {
        String names = String.join("|", factors.keySet());
        if (isUnknown()) {
            return "";
        }
        if (others > 0) {
            return "!" + names;
        }
        return factors.values().stream().allMatch(factor -> factor == 1)
                ? names
                : factors.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining("|"));
    }
}
