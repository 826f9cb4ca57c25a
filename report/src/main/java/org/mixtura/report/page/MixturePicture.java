package org.mixtura.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.contrast.ColumnSpread;
import org.mixtura.report.contrast.Discriminant;
import org.mixtura.report.contrast.TellingPair;

/**
 * What a page needs to draw mixtures and rows on any two axes: columns, and the two directions that separate the components
 * best. Everything is relative to the centre and scale of its axis, in float32, so that columns far from zero keep their
 * digits.
 *
 * <p>The size of the page is bounded: of very many columns only the most telling ones become axes, and the more axes there
 * are, the fewer rows are drawn.
 */
public final class MixturePicture {
    private static final int MOST_ROWS = 20_000;
    private static final int LEAST_ROWS = 2_000;
    /** Numbers in the sample; 1.6 MB, a third more as text. */
    private static final int MOST_VALUES = 400_000;
    /** Numbers in all covariances. */
    private static final int MOST_COVARIANCES = 260_000;

    private static final int MOST_AXES = 120;
    /** From this many columns on no pair of them shows much: the separating directions come first. */
    private static final int MANY_COLUMNS = 9;
    /** Columns in the pairs view. */
    private static final int MOST_PAIRED = 8;

    private static final int DIRECTIONS = 2;
    /** Farther from the centre than this many scales nothing can be drawn, and float32 would overflow. */
    private static final double FARTHEST = 1e30;

    private final GaussianMixture mixture;
    private final ColumnSpread spread;
    private final List<Integer> columns;
    private final List<double[]> directions;
    private final double[] centre;
    private final double[] scale;
    private final double[] mean;

    private MixturePicture(
            GaussianMixture mixture, ColumnSpread spread, List<Integer> columns, List<double[]> directions) {
        this.mixture = mixture;
        this.spread = spread;
        this.columns = columns;
        this.directions = directions;
        this.mean = mixture.mean();
        this.centre = new double[axes()];
        this.scale = new double[axes()];
        for (int a = 0; a < columns.size(); a++) {
            centre[a] = spread.mean(columns.get(a));
            scale[a] = spread.deviation(columns.get(a));
        }
        for (int a = columns.size(); a < axes(); a++) {
            scale[a] = Math.sqrt(variance(mixture, directions.get(a - columns.size())));
        }
    }

    /**
     * The picture of a mixture.
     *
     * @param mixture K components
     * @param spread that of its columns
     * @return its axes
     */
    public static MixturePicture of(GaussianMixture mixture, ColumnSpread spread) {
        int most = Math.min(MOST_AXES, (int) Math.sqrt(2.0 * MOST_COVARIANCES / mixture.size()) - DIRECTIONS);
        List<double[]> directions = mixture.dimension() > 2 && mixture.size() > 1
                ? Discriminant.directions(mixture, DIRECTIONS)
                : List.of();
        return new MixturePicture(mixture, spread, spread.telling(Math.max(2, most)), directions);
    }

    private static double variance(GaussianMixture mixture, double[] direction) {
        double[] mean = mixture.mean();
        double variance = 0;
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian component = mixture.component(k);
            double away = along(direction, component.mean(), mean);
            variance += mixture.weight(k)
                    * (away * away
                            + dot(direction, component.covariance().toMatrix().times(direction)));
        }
        return variance;
    }

    private int axes() {
        return columns.size() + directions.size();
    }

    /** {@return the columns that are axes, from 0, in their order} */
    public List<Integer> columns() {
        return columns;
    }

    /** {@return how many rows to draw} */
    public int sampleSize() {
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_VALUES / axes()));
    }

    /**
     * Writes the axes and where to start.
     *
     * @param data where to
     */
    public void writeAxes(PageData data) {
        List<Integer> axes = IntStream.range(0, axes()).boxed().toList();
        data.objects("axes", axes, a -> {
            boolean column = a < columns.size();
            data.text(
                            "name",
                            column ? mixture.columns().get(columns.get(a)) : "Discriminant " + (a - columns.size() + 1))
                    .truth("column", column)
                    .number("centre", centre[a])
                    .number("scale", scale[a]);
            if (!column) {
                writeLoadings(data, directions.get(a - columns.size()));
            }
        });
        TellingPair pair = TellingPair.of(mixture, spread);
        boolean directed = mixture.dimension() >= MANY_COLUMNS && directions.size() == DIRECTIONS;
        data.integer("x", directed ? columns.size() : columns.indexOf(pair.x()))
                .integer("y", directed ? columns.size() + 1 : columns.indexOf(pair.y()))
                .numbers(
                        "paired",
                        spread.telling(MOST_PAIRED).stream()
                                .mapToDouble(columns::indexOf)
                                .toArray());
    }

    /** The columns that weigh most in a direction, per standard deviation. */
    private void writeLoadings(PageData data, double[] direction) {
        List<Integer> heaviest = IntStream.range(0, direction.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(direction[j] * spread.deviation(j))))
                .limit(3)
                .toList();
        data.objects(
                "loadings",
                heaviest,
                j -> data.text("name", mixture.columns().get(j)).number("weight", direction[j] * spread.deviation(j)));
    }

    /**
     * Writes the means and covariances of a mixture over the same columns, relative to the axes.
     *
     * @param data where to
     * @param drawn the mixture
     * @param shares the share of each component in what is drawn
     */
    public void writeComponents(PageData data, GaussianMixture drawn, double[] shares) {
        int axes = axes();
        float[] means = new float[drawn.size() * axes];
        float[] covariances = new float[drawn.size() * (axes * (axes + 1) / 2)];
        int at = 0;
        for (int k = 0; k < drawn.size(); k++) {
            Gaussian component = drawn.component(k);
            float[] placed = place(component.mean());
            System.arraycopy(placed, 0, means, k * axes, axes);
            List<double[]> turned = new ArrayList<>();
            if (!directions.isEmpty()) {
                Matrix matrix = component.covariance().toMatrix();
                directions.forEach(direction -> turned.add(matrix.times(direction)));
            }
            for (int a = 0; a < axes; a++) {
                for (int b = 0; b <= a; b++) {
                    covariances[at++] = (float) (covariance(component, turned, a, b) / scale[a] / scale[b]);
                }
            }
        }
        data.numbers("weights", shares).floats("means", means).floats("covariances", covariances);
    }

    /** The covariance of two axes, b ≤ a. */
    private double covariance(Gaussian component, List<double[]> turned, int a, int b) {
        int columnCount = columns.size();
        if (a < columnCount) {
            return component.covariance().get(columns.get(a), columns.get(b));
        }
        double[] image = turned.get(a - columnCount);
        return b < columnCount ? image[columns.get(b)] : dot(directions.get(b - columnCount), image);
    }

    /**
     * Writes rows, relative to the axes.
     *
     * @param data where to
     * @param name of the member
     * @param rows the rows
     * @param chosen the numbers of those to write
     */
    public void writeRows(PageData data, String name, Rows rows, long[] chosen) {
        int axes = axes();
        float[] values = new float[chosen.length * axes];
        double[] row = new double[rows.dimension()];
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < chosen.length; i++) {
                Block block = reader.read(chosen[i], 1);
                System.arraycopy(block.values(), block.offset(), row, 0, row.length);
                System.arraycopy(place(row), 0, values, i * axes, axes);
            }
        }
        data.floats(name, values);
    }

    private float[] place(double[] point) {
        float[] placed = new float[axes()];
        for (int a = 0; a < placed.length; a++) {
            double away = a < columns.size()
                    ? point[columns.get(a)] - centre[a]
                    : along(directions.get(a - columns.size()), point, mean);
            placed[a] = (float) Math.max(-FARTHEST, Math.min(FARTHEST, away / scale[a]));
        }
        return placed;
    }

    private static double along(double[] direction, double[] point, double[] from) {
        double sum = 0;
        for (int j = 0; j < direction.length; j++) {
            sum += direction[j] * (point[j] - from[j]);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
