package org.mixtura.report.plot;

import java.util.Arrays;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Rows and a mixture over one column or two, drawn on any canvas. */
public final class Drawing {
    private final GaussianMixture mixture;
    private final double[][] rows;
    private final int[] labels;
    private final int width;
    private final int height;
    private final Frame frame;

    /**
     * A drawing.
     *
     * @param mixture over one column or two
     * @param rows rows of these columns
     * @param labels the component of each row
     * @param width in pixels
     * @param height in pixels
     */
    public Drawing(GaussianMixture mixture, double[][] rows, int[] labels, int width, int height) {
        this.mixture = mixture;
        this.rows = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        this.labels = labels.clone();
        this.width = width;
        this.height = height;
        this.frame = new Frame(width, height, mixture.size() > 1);
    }

    /**
     * Draws as SVG.
     *
     * @return the picture
     */
    public Picture svg() {
        SvgCanvas canvas = new SvgCanvas(width, height, description());
        draw(canvas);
        return canvas::writeTo;
    }

    /**
     * Draws as PNG.
     *
     * @return the picture
     */
    public Picture png() {
        PngCanvas canvas = new PngCanvas(width, height);
        draw(canvas);
        return canvas::writeTo;
    }

    private String description() {
        return mixture.size() + (mixture.size() == 1 ? " Gaussian" : " Gaussians") + " and " + rows.length + " rows: "
                + String.join(" and ", mixture.columns());
    }

    private void draw(Canvas canvas) {
        if (mixture.dimension() == 1) {
            histogram(canvas);
        } else {
            scatter(canvas);
        }
        frame.legend(canvas, mixture.weights());
    }

    private void scatter(Canvas canvas) {
        Span across = Span.of(mixture, rows, 0);
        Span up = Span.of(mixture, rows, 1);
        Axis x = frame.across(across.from(), across.to());
        Axis y = frame.up(up.from(), up.to());
        frame.draw(canvas, x, y, mixture.columns().get(0), mixture.columns().get(1));
        frame.clip(canvas);
        for (int k = 0; k < mixture.size(); k++) {
            double[][] own = rowsOf(k);
            canvas.marks(
                    Palette.symbol(k),
                    x.pixels(column(own, 0)),
                    y.pixels(column(own, 1)),
                    rows.length < 2000 ? 6 : 3.5,
                    Palette.color(k),
                    rows.length < 2000 ? 0.55 : 0.35);
        }
        for (int k = 0; k < mixture.size(); k++) {
            for (int n = 1; n <= 3; n++) {
                double[][] outline = ellipse(mixture.component(k), n);
                canvas.line(
                        x.pixels(outline[0]),
                        y.pixels(outline[1]),
                        new Canvas.Stroke(Palette.color(k), n == 1 ? 2 : 1.25, n == 3 ? 0.6 : 0.95, false));
            }
        }
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian component = mixture.component(k);
            canvas.text(
                    Integer.toString(k),
                    x.pixel(component.mean(0)),
                    y.pixel(component.mean(1)) + 5,
                    new Canvas.Lettering(14, true, Palette.TEXT, Canvas.Anchor.MIDDLE, false, true));
        }
        canvas.unclip();
    }

    private double[][] rowsOf(int component) {
        double[][] own = new double[rows.length][];
        int found = 0;
        for (int i = 0; i < rows.length; i++) {
            if (labels[i] == component) {
                own[found++] = rows[i];
            }
        }
        return Arrays.copyOf(own, found);
    }

    private static double[] column(double[][] values, int column) {
        return Arrays.stream(values).mapToDouble(row -> row[column]).toArray();
    }

    /** The points n standard deviations away, μ + n L (cos t, sin t): two lists of coordinates. */
    static double[][] ellipse(Gaussian gaussian, int n) {
        int points = 90;
        double[][] outline = new double[2][points + 1];
        for (int i = 0; i <= points; i++) {
            double t = 2 * Math.PI * i / points;
            double[] away = gaussian.covariance().unwhiten(new double[] {n * Math.cos(t), n * Math.sin(t)});
            outline[0][i] = gaussian.mean(0) + away[0];
            outline[1][i] = gaussian.mean(1) + away[1];
        }
        return outline;
    }

    private void histogram(Canvas canvas) {
        Span across = Span.of(mixture, rows, 0);
        int bins = across.bins(column(rows, 0));
        double[] heights = across.histogram(column(rows, 0), bins);
        double[] places = new double[301];
        for (int i = 0; i < places.length; i++) {
            places[i] = across.from() + (across.to() - across.from()) * i / (places.length - 1);
        }
        double[][] curves = new double[mixture.size()][];
        double[] sum = new double[places.length];
        for (int k = 0; k < curves.length; k++) {
            curves[k] = density(k, places);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += curves[k][i];
            }
        }
        double highest = Math.max(
                Arrays.stream(heights).max().orElse(0), Arrays.stream(sum).max().orElse(0));
        Axis x = frame.across(across.from(), across.to());
        Axis y = frame.up(0, highest * 1.08);
        frame.draw(canvas, x, y, mixture.columns().get(0), "density");
        double step = (across.to() - across.from()) / bins;
        for (int i = 0; i < bins; i++) {
            double start = x.pixel(across.from() + i * step);
            double end = x.pixel(across.from() + (i + 1) * step);
            canvas.rectangle(
                    start,
                    y.pixel(heights[i]),
                    Math.max(1, end - start - 1),
                    y.pixel(0) - y.pixel(heights[i]),
                    Palette.QUIET,
                    0.3);
        }
        if (curves.length > 1) {
            canvas.line(x.pixels(places), y.pixels(sum), new Canvas.Stroke(Palette.TEXT, 1.5, 1, true));
        }
        for (int k = 0; k < curves.length; k++) {
            canvas.line(x.pixels(places), y.pixels(curves[k]), new Canvas.Stroke(Palette.color(k), 2.5, 1, false));
        }
    }

    /** π_k N(x; μ_k, σ_k²). */
    private double[] density(int component, double[] places) {
        return Arrays.stream(places)
                .map(place -> mixture.weight(component)
                        * Math.exp(mixture.component(component).logDensity(new double[] {place})))
                .toArray();
    }
}
