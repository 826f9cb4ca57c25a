package org.mixtura.report.plot;

import java.util.Arrays;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** Rows and a mixture over one column or two, drawn on any canvas. Colours and symbols are those of the report. */
public final class Drawing {
    private static final int[] COLORS = {0x0072B2, 0xC44E00, 0x007A5A, 0xA8438F, 0x8A6D00, 0x40338F, 0x5A6673, 0xB0203C
    };
    private static final int TEXT = 0x1C2127;
    private static final int QUIET = 0x57606A;
    private static final int LINE = 0xDDE1E6;
    private static final int MOST_NAMED = 14;

    private final GaussianMixture mixture;
    private final double[][] rows;
    private final int[] labels;

    private final int width;
    private final int height;
    private final double left = 76;
    private final double right;
    private final double top = 20;
    private final double bottom;

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
        this.right = width - (mixture.size() > 1 ? 96 : 20);
        this.bottom = height - 56.0;
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
        legend(canvas);
    }

    private static int color(int component) {
        return COLORS[component % COLORS.length];
    }

    private static Canvas.Symbol symbol(int component) {
        Canvas.Symbol[] symbols = Canvas.Symbol.values();
        return symbols[(component + component / COLORS.length) % symbols.length];
    }

    private void scatter(Canvas canvas) {
        Span across = Span.of(mixture, rows, 0);
        Span up = Span.of(mixture, rows, 1);
        Axis x = new Axis(across.from(), across.to(), left, right);
        Axis y = new Axis(up.from(), up.to(), bottom, top);
        frame(canvas, x, y, mixture.columns().get(0), mixture.columns().get(1));
        canvas.clip(left, top, right - left, bottom - top);
        for (int k = 0; k < mixture.size(); k++) {
            double[][] own = rowsOf(k);
            canvas.marks(
                    symbol(k),
                    x.pixels(column(own, 0)),
                    y.pixels(column(own, 1)),
                    rows.length < 2000 ? 6 : 3.5,
                    color(k),
                    rows.length < 2000 ? 0.55 : 0.35);
        }
        for (int k = 0; k < mixture.size(); k++) {
            for (int n = 1; n <= 3; n++) {
                double[][] outline = ellipse(mixture.component(k), n);
                canvas.line(
                        x.pixels(outline[0]),
                        y.pixels(outline[1]),
                        new Canvas.Stroke(color(k), n == 1 ? 2 : 1.25, n == 3 ? 0.6 : 0.95, false));
            }
        }
        for (int k = 0; k < mixture.size(); k++) {
            Gaussian component = mixture.component(k);
            canvas.text(
                    Integer.toString(k),
                    x.pixel(component.mean(0)),
                    y.pixel(component.mean(1)) + 5,
                    new Canvas.Lettering(14, true, TEXT, Canvas.Anchor.MIDDLE, false, true));
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
        Axis x = new Axis(across.from(), across.to(), left, right);
        Axis y = new Axis(0, highest * 1.08, bottom, top);
        frame(canvas, x, y, mixture.columns().get(0), "density");
        double step = (across.to() - across.from()) / bins;
        for (int i = 0; i < bins; i++) {
            double start = x.pixel(across.from() + i * step);
            double end = x.pixel(across.from() + (i + 1) * step);
            canvas.rectangle(
                    start, y.pixel(heights[i]), Math.max(1, end - start - 1), bottom - y.pixel(heights[i]), QUIET, 0.3);
        }
        if (curves.length > 1) {
            canvas.line(x.pixels(places), y.pixels(sum), new Canvas.Stroke(TEXT, 1.5, 1, true));
        }
        for (int k = 0; k < curves.length; k++) {
            canvas.line(x.pixels(places), y.pixels(curves[k]), new Canvas.Stroke(color(k), 2.5, 1, false));
        }
    }

    /** π_k N(x; μ_k, σ_k²). */
    private double[] density(int component, double[] places) {
        return Arrays.stream(places)
                .map(place -> mixture.weight(component)
                        * Math.exp(mixture.component(component).logDensity(new double[] {place})))
                .toArray();
    }

    private void frame(Canvas canvas, Axis x, Axis y, String nameX, String nameY) {
        Canvas.Stroke grid = new Canvas.Stroke(LINE, 1, 0.8, false);
        Canvas.Stroke edge = new Canvas.Stroke(QUIET, 1, 1, false);
        for (double tick : x.ticks(7)) {
            double at = x.pixel(tick);
            canvas.line(new double[] {at, at}, new double[] {top, bottom}, grid);
            canvas.text(Axis.label(tick), at, bottom + 18, small(Canvas.Anchor.MIDDLE));
        }
        for (double tick : y.ticks(6)) {
            double at = y.pixel(tick);
            canvas.line(new double[] {left, right}, new double[] {at, at}, grid);
            canvas.text(Axis.label(tick), left - 8, at + 4, small(Canvas.Anchor.END));
        }
        canvas.line(new double[] {left, left, right}, new double[] {top, bottom, bottom}, edge);
        canvas.text(
                fitted(canvas, nameX, right - left),
                (left + right) / 2,
                bottom + 42,
                new Canvas.Lettering(14, false, TEXT, Canvas.Anchor.MIDDLE, false, false));
        canvas.text(
                fitted(canvas, nameY, bottom - top),
                20,
                (top + bottom) / 2,
                new Canvas.Lettering(14, false, TEXT, Canvas.Anchor.MIDDLE, true, false));
    }

    private static Canvas.Lettering small(Canvas.Anchor anchor) {
        return new Canvas.Lettering(12, false, QUIET, anchor, false, false);
    }

    /** A name cut to a length in pixels. */
    private static String fitted(Canvas canvas, String name, double length) {
        int letters = name.codePointCount(0, name.length());
        while (letters > 1 && canvas.widthOf(name, 14) > length) {
            letters = Math.min(letters - 1, (int) (length / canvas.widthOf("n", 14)));
            name = name.substring(0, name.offsetByCodePoints(0, letters - 1)) + "…";
        }
        return name;
    }

    private void legend(Canvas canvas) {
        if (mixture.size() == 1) {
            return;
        }
        for (int k = 0; k < Math.min(MOST_NAMED, mixture.size()); k++) {
            double y = top + 12 + 20 * k;
            canvas.marks(symbol(k), new double[] {right + 20}, new double[] {y}, 10, color(k), 1);
            canvas.text(
                    k + " · " + Math.round(mixture.weight(k) * 1000) / 10.0 + " %",
                    right + 32,
                    y + 4,
                    new Canvas.Lettering(12, false, TEXT, Canvas.Anchor.START, false, false));
        }
        if (mixture.size() > MOST_NAMED) {
            canvas.text(
                    "… " + (mixture.size() - MOST_NAMED) + " more",
                    right + 15,
                    top + 16 + 20 * MOST_NAMED,
                    small(Canvas.Anchor.START));
        }
    }
}
