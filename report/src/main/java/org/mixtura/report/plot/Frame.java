package org.mixtura.report.plot;

/** The area of a picture in which things are drawn, and what stands around it: axes, their names, a legend. */
final class Frame {
    private static final int MOST_NAMED = 14;

    private final double left = 76;
    private final double top = 20;
    private final double right;
    private final double bottom;

    /**
     * @param width of the whole picture, in pixels
     * @param height of the whole picture
     * @param legend whether to leave room for one
     */
    Frame(int width, int height, boolean legend) {
        right = width - (legend ? 96 : 20);
        bottom = height - 56.0;
    }

    /** A horizontal axis along the area. */
    Axis across(double from, double to) {
        return new Axis(from, to, left, right);
    }

    /** A vertical axis along the area. */
    Axis up(double from, double to) {
        return new Axis(from, to, bottom, top);
    }

    /** From now on only what lies within the area is drawn. */
    void clip(Canvas canvas) {
        canvas.clip(left, top, right - left, bottom - top);
    }

    /** The axes with their ticks, grid and names. */
    void draw(Canvas canvas, Axis x, Axis y, String nameX, String nameY) {
        Canvas.Stroke grid = new Canvas.Stroke(Palette.LINE, 1, 0.8, false);
        Canvas.Stroke edge = new Canvas.Stroke(Palette.QUIET, 1, 1, false);
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
                new Canvas.Lettering(14, false, Palette.TEXT, Canvas.Anchor.MIDDLE, false, false));
        canvas.text(
                fitted(canvas, nameY, bottom - top),
                20,
                (top + bottom) / 2,
                new Canvas.Lettering(14, false, Palette.TEXT, Canvas.Anchor.MIDDLE, true, false));
    }

    private static Canvas.Lettering small(Canvas.Anchor anchor) {
        return new Canvas.Lettering(12, false, Palette.QUIET, anchor, false, false);
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

    /** The symbol, number and weight of each component, beside the area. */
    void legend(Canvas canvas, double[] weights) {
        if (weights.length == 1) {
            return;
        }
        for (int k = 0; k < Math.min(MOST_NAMED, weights.length); k++) {
            double y = top + 12 + 20 * k;
            canvas.marks(Palette.symbol(k), new double[] {right + 20}, new double[] {y}, 10, Palette.color(k), 1);
            canvas.text(
                    k + " · " + Math.round(weights[k] * 1000) / 10.0 + " %",
                    right + 32,
                    y + 4,
                    new Canvas.Lettering(12, false, Palette.TEXT, Canvas.Anchor.START, false, false));
        }
        if (weights.length > MOST_NAMED) {
            canvas.text(
                    "… " + (weights.length - MOST_NAMED) + " more",
                    right + 15,
                    top + 16 + 20 * MOST_NAMED,
                    small(Canvas.Anchor.START));
        }
    }
}
