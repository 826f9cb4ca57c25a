package org.mixtura.report.plot;

import java.io.IOException;
import java.io.OutputStream;

/** Something to draw on, in pixels from the upper left corner. Colours are 0xRRGGBB. */
interface Canvas {
    /** The shapes of marks, so that components differ by more than colour. */
    enum Symbol {
        CIRCLE,
        TRIANGLE,
        SQUARE,
        DIAMOND
    }

    /** Where a text stands relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /**
     * How to draw a line.
     *
     * @param rgb its colour
     * @param width in pixels
     * @param opacity from 0 to 1
     * @param dashed whether it has gaps
     */
    record Stroke(int rgb, double width, double opacity, boolean dashed) {}

    /**
     * How to write.
     *
     * @param size of the letters, in pixels
     * @param bold whether they are heavy
     * @param rgb their colour
     * @param anchor where the text stands relative to its point
     * @param upwards whether it runs from bottom to top
     * @param halo whether it has a white rim, to be read over marks
     */
    record Lettering(double size, boolean bold, int rgb, Anchor anchor, boolean upwards, boolean halo) {}

    /** From now on only what lies within a rectangle is drawn. */
    void clip(double x, double y, double width, double height);

    /** Ends the last {@link #clip}. */
    void unclip();

    /** A line through points. */
    void line(double[] x, double[] y, Stroke stroke);

    /** Many marks of one kind, {@code size} pixels across. */
    void marks(Symbol symbol, double[] x, double[] y, double size, int rgb, double opacity);

    /** A filled rectangle. */
    void rectangle(double x, double y, double width, double height, int rgb, double opacity);

    /** A text whose baseline starts, is centred or ends at a point. */
    void text(String text, double x, double y, Lettering lettering);

    /** How wide a text would be, in pixels, roughly. */
    default double widthOf(String text, double size) {
        return 0.58 * size * text.codePointCount(0, text.length());
    }

    /**
     * Writes the picture.
     *
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
}
