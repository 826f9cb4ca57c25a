package org.mixtura.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.anomaly.SoftGaussians;
import org.mixtura.data.Matrix;

/** Gaussians from soft memberships and the energies under them, for people and for programs. */
final class EnergyReport {
    /** As many of the oddest rows as one looks at. */
    private static final int SHOWN = 5;

    private final List<String> columns;
    private final List<String> components;
    private final SoftGaussians gaussians;
    private final double[] energies;
    private final double mean;
    private final double epsilon;

    /**
     * @param columns the names of the points' columns
     * @param components the names of the memberships' columns
     * @param energies of each row
     * @param mean energy
     * @param epsilon what was added to variances
     */
    EnergyReport(
            List<String> columns,
            List<String> components,
            SoftGaussians gaussians,
            double[] energies,
            double mean,
            double epsilon) {
        this.columns = columns;
        this.components = components;
        this.gaussians = gaussians;
        this.energies = energies;
        this.mean = mean;
        this.epsilon = epsilon;
    }

    /** One object under the names of the reference program. */
    String json() {
        int k = gaussians.size();
        return Json.object(json -> json.integer("n", energies.length)
                .integer("d", columns.size())
                .integer("components", k)
                .texts("columns", columns)
                .texts("responsibilities", components)
                .number("epsilon", epsilon)
                .numbers("phi", gaussians.weights())
                .matrix("mu", gaussians.means())
                .matrices("cov", each(k, true))
                .matrices("L", each(k, false))
                .numbers("log_det_cov", gaussians.logDeterminants())
                .numbers("energy", energies)
                .number("mean_energy", mean)
                .numberOrWord("cov_diag", gaussians.inverseVariances())
                .list(
                        "flat_directions",
                        gaussians.flatDirections(),
                        flat -> json.integer("component", flat.component()).text("column", columns.get(flat.column())))
                .integers(
                        "empty_components",
                        gaussians.emptyComponents().stream()
                                .mapToInt(Integer::intValue)
                                .toArray()));
    }

    private List<Matrix> each(int k, boolean covariance) {
        return IntStream.range(0, k)
                .mapToObj(i -> covariance ? gaussians.covariance(i) : gaussians.factor(i))
                .toList();
    }

    /** A text of some lines. */
    String text(Summary read, int width) {
        List<String> lines = new ArrayList<>();
        gaussians
                .flatDirections()
                .forEach(flat -> lines.add("Warning: " + columns.get(flat.column()) + " is constant in component "
                        + components.get(flat.component()) + "; cov_diag is infinite"));
        gaussians
                .emptyComponents()
                .forEach(k -> lines.add("Warning: component " + components.get(k) + " has no members and is left out"));
        lines.addAll(read.lines());
        lines.add("");
        lines.add(Digits.count(gaussians.size(), "component")
                + ": share of the memberships, ln det(cov + εI), mean ± standard deviation");
        table(columns.size() * 14 + 30 <= width).forEach(lines::add);
        lines.add("");
        lines.add("Mean energy  " + Digits.significant(mean, 6) + " nats");
        lines.add("cov_diag     " + Digits.significant(gaussians.inverseVariances(), 6));
        lines.add("Highest      " + highest());
        return String.join("\n", lines) + "\n";
    }

    /** A line per component, or where that is too wide a line per column. */
    private List<String> table(boolean linePerComponent) {
        int k = gaussians.size();
        String[][] cells = new String[k + 1][];
        cells[0] = new String[columns.size() + 3];
        cells[0][0] = "component";
        cells[0][1] = "phi";
        cells[0][2] = "log_det_cov";
        for (int j = 0; j < columns.size(); j++) {
            cells[0][3 + j] = columns.get(j);
        }
        for (int i = 0; i < k; i++) {
            cells[i + 1] = new String[columns.size() + 3];
            cells[i + 1][0] = components.get(i);
            cells[i + 1][1] = Digits.weight(gaussians.weights()[i]);
            cells[i + 1][2] = Digits.significant(gaussians.logDeterminants()[i], 4);
            Matrix covariance = gaussians.covariance(i);
            for (int j = 0; j < columns.size(); j++) {
                cells[i + 1][3 + j] =
                        Digits.meanAndDeviation(gaussians.means().get(i, j), Math.sqrt(covariance.get(j, j)));
            }
        }
        int rows = linePerComponent ? k + 1 : columns.size() + 3;
        int width = linePerComponent ? columns.size() + 3 : k + 1;
        TextTable table = new TextTable(width, 0);
        for (int i = 0; i < rows; i++) {
            String[] line = new String[width];
            for (int j = 0; j < width; j++) {
                line[j] = linePerComponent ? cells[i][j] : cells[j][i];
            }
            table.add(line);
        }
        return table.render(2);
    }

    private String highest() {
        List<String> rows = Arrays.stream(order())
                .limit(SHOWN)
                .mapToObj(i -> "row " + Digits.count(i + 1L) + " " + Digits.significant(energies[i], 4))
                .toList();
        return String.join(", ", rows);
    }

    /** The numbers of the rows, those of the highest energy first. */
    private int[] order() {
        return IntStream.range(0, energies.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -energies[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
