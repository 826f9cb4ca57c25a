package org.mixtura.cli;

import java.util.ArrayList;
import java.util.List;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The components of a mixture for people: label, weight, and mean ± standard deviation in each column.
 *
 * <p>A line per component where that fits the terminal; otherwise a line per column, the components side by side and as many
 * of them in a row as fit. Labels count from 0, as in files of scores.
 */
final class ComponentTable {
    private static final int INDENT = 2;

    private final GaussianMixture mixture;
    private final int width;
    private final int mostLines;

    /**
     * @param width the number of characters in a line
     * @param mostLines how many components or columns are shown before the rest is only counted
     */
    ComponentTable(GaussianMixture mixture, int width, int mostLines) {
        this.mixture = mixture;
        this.width = width;
        this.mostLines = mostLines;
    }

    /** The lines of the table. */
    List<String> lines() {
        // Five characters and a gap are the least that a column takes.
        if (mixture.dimension() <= width / 7) {
            List<String> lines = linePerComponent();
            if (lines.stream().allMatch(line -> line.length() <= width)) {
                return lines;
            }
        }
        return linePerColumn();
    }

    private List<String> linePerComponent() {
        int shown = Math.min(mixture.size(), mostLines);
        TextTable table = new TextTable(2 + mixture.dimension());
        List<String> head = new ArrayList<>(List.of("label", "weight"));
        head.addAll(mixture.columns());
        table.add(head.toArray(String[]::new));
        for (int k = 0; k < shown; k++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(k), Digits.weight(mixture.weight(k))));
            for (int j = 0; j < mixture.dimension(); j++) {
                cells.add(cell(k, j));
            }
            table.add(cells.toArray(String[]::new));
        }
        return cut(table.render(INDENT), mixture.size() - shown, "component");
    }

    private List<String> linePerColumn() {
        int shown = Math.min(mixture.dimension(), mostLines);
        int components = Math.min(mixture.size(), mostLines);
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < components) {
            int to = from + 1;
            List<String> block = block(from, to, shown);
            while (to < components) {
                List<String> wider = block(from, to + 1, shown);
                if (wider.stream().anyMatch(line -> line.length() > width)) {
                    break;
                }
                block = wider;
                to++;
            }
            if (from > 0) {
                lines.add("");
            }
            lines.addAll(cut(block, mixture.dimension() - shown, "column"));
            from = to;
        }
        return cut(lines, mixture.size() - components, "component");
    }

    /** The components from one to before another, as many columns as are shown. */
    private List<String> block(int from, int to, int shown) {
        TextTable table = new TextTable(1 + to - from, 0);
        String[] labels = new String[1 + to - from];
        String[] weights = new String[1 + to - from];
        labels[0] = "label";
        weights[0] = "weight";
        for (int k = from; k < to; k++) {
            labels[1 + k - from] = Integer.toString(k);
            weights[1 + k - from] = Digits.weight(mixture.weight(k));
        }
        table.add(labels).add(weights);
        for (int j = 0; j < shown; j++) {
            String[] cells = new String[1 + to - from];
            cells[0] = mixture.columns().get(j);
            for (int k = from; k < to; k++) {
                cells[1 + k - from] = cell(k, j);
            }
            table.add(cells);
        }
        return table.render(INDENT);
    }

    private String cell(int component, int column) {
        Gaussian gaussian = mixture.component(component);
        return Digits.meanAndDeviation(
                gaussian.mean(column), Math.sqrt(gaussian.covariance().get(column, column)));
    }

    private static List<String> cut(List<String> lines, int left, String what) {
        if (left == 0) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines);
        cut.add(" ".repeat(INDENT) + "… and " + Digits.count(left, "more " + what));
        return cut;
    }
}
