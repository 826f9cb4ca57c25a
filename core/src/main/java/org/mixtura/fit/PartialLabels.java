package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mixtura.data.CodedRows;
import org.mixtura.data.Rows;

/**
 * What is known of the component of each row of a fit ({@link Em#partialLabels}). The classes that labels name are the first
 * components, in the order of their names: numbers in theirs, words in that of the alphabet. Immutable.
 */
public final class PartialLabels {
    private final List<String> classes;
    /** Of each row; 0 if nothing is known. */
    private final int[] codes;
    /** What each code says. */
    private final List<PartialLabel> labels;

    private PartialLabels(List<String> classes, int[] codes, List<PartialLabel> labels) {
        this.classes = classes;
        this.codes = codes;
        this.labels = labels;
    }

    /**
     * A label for each row.
     *
     * @param labels n labels
     * @return the labels
     */
    public static PartialLabels of(List<PartialLabel> labels) {
        return of(IntStream.range(0, labels.size()).toArray(), labels);
    }

    /**
     * A label for each row, from a list of those that occur.
     *
     * @param codes for each row the place of its label in the list, n numbers from 0; copied
     * @param labels the labels
     * @return the labels
     * @throws IllegalArgumentException if there is no such place
     */
    public static PartialLabels of(int[] codes, List<PartialLabel> labels) {
        Map<PartialLabel, Integer> numbers = new HashMap<>();
        List<PartialLabel> used = new ArrayList<>();
        numbers.put(PartialLabel.unknown(), 0);
        used.add(PartialLabel.unknown());
        int[] known = new int[labels.size()];
        Arrays.fill(known, -1);
        int[] renumbered = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            if (code < 0 || code >= known.length) {
                throw new IllegalArgumentException("the label of row " + i + " is number " + code + " of a list of "
                        + known.length + "; expected a number from 0 to " + (known.length - 1));
            }
            if (known[code] < 0) {
                known[code] = numbers.computeIfAbsent(labels.get(code), label -> {
                    used.add(label);
                    return used.size() - 1;
                });
            }
            renumbered[i] = known[code];
        }
        Stream<String> names = used.stream().flatMap(label -> label.factors().keySet().stream());
        return new PartialLabels(inOrder(names.distinct().toList()), renumbered, List.copyOf(used));
    }

    /**
     * Names of classes in the order of their components.
     *
     * @param names different names
     * @return numbers in their order, if all are numbers; else in the order of the alphabet
     */
    public static List<String> inOrder(Collection<String> names) {
        boolean numbers = names.stream().allMatch(PartialLabels::isNumber);
        Comparator<String> order = Comparator.naturalOrder();
        return names.stream()
                .sorted(numbers ? Comparator.comparingDouble(Double::parseDouble) : order)
                .toList();
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** {@return the classes that labels name; class c is component c of a fit} */
    public List<String> classes() {
        return classes;
    }

    /** The same rows, which carry the codes of their labels. */
    Rows on(Rows rows) {
        if (codes.length != rows.count()) {
            throw new IllegalArgumentException(codes.length + " partial labels for " + rows.count() + " rows");
        }
        return CodedRows.of(rows, codes);
    }

    /** How many different labels there are, one that says nothing included: as many as codes. */
    int size() {
        return labels.size();
    }

    /**
     * The factor of a component.
     *
     * @param code of a row
     * @param component from 0; negative for what is no component, such as noise
     */
    double factor(int code, int component) {
        PartialLabel label = labels.get(code);
        return component >= 0 && component < classes.size() ? label.factor(classes.get(component)) : label.others();
    }

    /**
     * Checks that each row may belong to some component, and each component to some row.
     *
     * @param components K
     * @param besides how many forms stand for something else, such as noise
     * @throws IllegalArgumentException if not
     */
    void check(int components, int besides) {
        if (components < classes.size()) {
            int code = firstNaming(classes.get(components));
            throw new IllegalArgumentException("components is " + components + ", but the partial labels name "
                    + classes.size() + " classes (row " + row(code) + ": \"" + labels.get(code)
                    + "\"); ask for at least " + classes.size() + " components");
        }
        boolean[] occurs = new boolean[labels.size()];
        for (int code : codes) {
            occurs[code] = true;
        }
        int[] occurring =
                IntStream.range(0, occurs.length).filter(code -> occurs[code]).toArray();
        for (int code : occurring) {
            if (IntStream.range(besides > 0 ? -1 : 0, components).noneMatch(k -> factor(code, k) > 0)) {
                throw new IllegalArgumentException("row " + row(code) + ": its label \"" + labels.get(code)
                        + "\" rules out all " + components + " components; ask for more components or mend the label");
            }
        }
        for (int k = 0; k < components; k++) {
            int component = k;
            if (IntStream.of(occurring).noneMatch(code -> factor(code, component) > 0)) {
                throw new IllegalArgumentException(
                        k < classes.size()
                                ? "class \"" + classes.get(k) + "\" is ruled out by the labels of all rows;"
                                        + " give some row a label that allows it"
                                : "components is " + components + ", but the label of every row names classes, of which"
                                        + " there are " + classes.size() + ": no row is left for another component; ask"
                                        + " for " + classes.size() + " components");
            }
        }
    }

    private int firstNaming(String name) {
        return IntStream.range(0, labels.size())
                .filter(code -> labels.get(code).factors().containsKey(name))
                .findFirst()
                .orElseThrow();
    }

    /** The first row of a code. */
    private int row(int code) {
        return IntStream.range(0, codes.length)
                .filter(i -> codes[i] == code)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        long known = Arrays.stream(codes).filter(code -> code != 0).count();
        return "partial labels of " + known + " of " + codes.length + " rows, classes " + classes;
    }
}
