package org.mixtura.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.io.WholeFile;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.contrast.ColumnSpread;
import org.mixtura.report.contrast.TellingPair;
import org.mixtura.report.plot.Drawing;
import org.mixtura.report.plot.Picture;
import org.mixtura.report.survey.Survey;

/**
 * A static picture of rows and a mixture: two columns as points with the components' ellipses of 1, 2 and 3 standard
 * deviations, or one column as a histogram with the components' curves.
 *
 * <p>Up to 5,000 rows are drawn, chosen at random, always the same ones. Immutable; an option gives a new plot.
 */
public final class Plot {
    private static final int MOST_ROWS = 5000;
    private static final int LEAST_PIXELS = 200;
    private static final int MOST_PIXELS = 10_000;

    private final GaussianMixture mixture;
    private final Rows rows;
    private final List<String> axes;
    private final int width;
    private final int height;

    private Plot(GaussianMixture mixture, Rows rows, List<String> axes, int width, int height) {
        this.mixture = mixture;
        this.rows = rows;
        this.axes = axes;
        this.width = width;
        this.height = height;
    }

    /**
     * A plot of the two columns in which the components overlap least; of the only column if there is one.
     *
     * @param mixture the mixture
     * @param rows rows of the same columns
     * @return the plot, 800 × 600 pixels
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public static Plot of(GaussianMixture mixture, Rows rows) {
        if (rows.dimension() != mixture.dimension()) {
            throw new IllegalArgumentException("rows of " + rows.dimension() + " columns for a plot of a mixture of "
                    + mixture.dimension() + " columns; give rows of the mixture's columns");
        }
        TellingPair pair = TellingPair.of(mixture, ColumnSpread.of(mixture));
        List<String> names = mixture.columns();
        List<String> axes =
                pair.x() == pair.y() ? List.of(names.get(pair.x())) : List.of(names.get(pair.x()), names.get(pair.y()));
        return new Plot(mixture, rows, axes, 800, 600);
    }

    /**
     * The same plot of other columns.
     *
     * @param names one column of the mixture for a histogram; two for points, the horizontal one first
     * @return the plot
     * @throws IllegalArgumentException if there are not one or two different names, or there is no such column
     */
    public Plot columns(String... names) {
        List<String> wanted = List.of(names);
        if (wanted.isEmpty()
                || wanted.size() > 2
                || (wanted.size() == 2 && wanted.get(0).equals(wanted.get(1)))) {
            throw new IllegalArgumentException("axes are " + String.join(", ", wanted)
                    + "; name one column for a histogram, or two different ones");
        }
        for (String name : wanted) {
            if (!mixture.columns().contains(name)) {
                throw new IllegalArgumentException("no column \"" + name + "\" to draw; the mixture's are "
                        + String.join(", ", mixture.columns()));
            }
        }
        return new Plot(mixture, rows, wanted, width, height);
    }

    /**
     * The same plot in another size.
     *
     * @param across pixels, from 200 to 10000; a PNG has twice as many, for sharp print
     * @param down pixels, likewise
     * @return the plot
     * @throws IllegalArgumentException if a size breaks its rule
     */
    public Plot size(int across, int down) {
        for (int pixels : new int[] {across, down}) {
            if (pixels < LEAST_PIXELS || pixels > MOST_PIXELS) {
                throw new IllegalArgumentException("a picture of " + across + " × " + down
                        + " pixels; each must be from " + LEAST_PIXELS + " to " + MOST_PIXELS);
            }
        }
        return new Plot(mixture, rows, axes, across, down);
    }

    /**
     * Writes the picture, all or nothing.
     *
     * @param file the file, whose name ends in .svg or .png; replaced if it exists
     * @throws IllegalArgumentException if the name has another ending or a value of the rows is not finite
     * @throws UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        boolean svg = endsIn(file, ".svg");
        requireFormat(file);
        Drawing drawing = drawing();
        Picture picture = svg ? drawing.svg() : drawing.png();
        WholeFile.write(file, picture::writeTo);
    }

    /**
     * Checks that the name of a file says which kind of picture it holds.
     *
     * @param file the file
     * @throws IllegalArgumentException if its name ends neither in .svg nor in .png
     */
    public static void requireFormat(Path file) {
        if (!endsIn(file, ".svg") && !endsIn(file, ".png")) {
            throw new IllegalArgumentException(file + " is no picture; let its name end in .svg or .png");
        }
    }

    private static boolean endsIn(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private Drawing drawing() {
        Survey survey = Survey.of(mixture, rows, MOST_ROWS, Runtime.getRuntime().availableProcessors());
        long[] sample = survey.sample();
        double[][] drawn = new double[sample.length][axes.size()];
        int[] places = axes.stream().mapToInt(mixture.columns()::indexOf).toArray();
        try (Rows.Reader reader = rows.reader()) {
            for (int i = 0; i < sample.length; i++) {
                Block block = reader.read(sample[i], 1);
                for (int a = 0; a < places.length; a++) {
                    drawn[i][a] = block.get(0, places[a]);
                }
            }
        }
        return new Drawing(mixture.marginal(axes.toArray(String[]::new)), drawn, survey.sampledLabels(), width, height);
    }
}
