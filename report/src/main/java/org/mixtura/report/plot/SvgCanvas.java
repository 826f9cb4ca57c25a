package org.mixtura.report.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Draws as SVG: text, so that pictures are sharp at any size and can be edited. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();
    private int clips;

    /**
     * @param description what the picture shows, for those who do not see it
     */
    SvgCanvas(int width, int height, String description) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" font-family=\"system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial,")
                .append(" sans-serif\">\n<title>")
                .append(escaped(description))
                .append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        clips++;
        svg.append("<clipPath id=\"clip").append(clips).append("\"><rect x=\"");
        number(x).append("\" y=\"");
        number(y).append("\" width=\"");
        number(width).append("\" height=\"");
        number(height)
                .append("\"/></clipPath>\n<g clip-path=\"url(#clip")
                .append(clips)
                .append(")\">\n");
    }

    @Override
    public void unclip() {
        svg.append("</g>\n");
    }

    @Override
    public void line(double[] x, double[] y, Stroke stroke) {
        svg.append("<path fill=\"none\" stroke=\"").append(color(stroke.rgb())).append("\" stroke-width=\"");
        number(stroke.width()).append("\" stroke-opacity=\"");
        number(stroke.opacity())
                .append(stroke.dashed() ? "\" stroke-dasharray=\"5 4" : "")
                .append("\" d=\"");
        for (int i = 0; i < x.length; i++) {
            svg.append(i == 0 ? 'M' : 'L');
            point(x[i], y[i]);
        }
        svg.append("\"/>\n");
    }

    @Override
    public void marks(Symbol symbol, double[] x, double[] y, double size, int rgb, double opacity) {
        svg.append("<g fill=\"").append(color(rgb)).append("\" fill-opacity=\"");
        number(opacity).append("\">\n");
        String shape = shape(symbol, size / 2);
        for (int i = 0; i < x.length; i++) {
            svg.append("<path d=\"M");
            point(x[i], y[i]);
            svg.append(shape).append("\"/>\n");
        }
        svg.append("</g>\n");
    }

    /** The outline about the present point, of half size r. */
    private static String shape(Symbol symbol, double r) {
        return switch (symbol) {
            case CIRCLE ->
                String.format(
                        Locale.ROOT,
                        "m%1$.2f 0a%2$.2f %2$.2f 0 1 0 %3$.2f 0a%2$.2f %2$.2f 0 1 0 %4$.2f 0z",
                        -r,
                        r,
                        2 * r,
                        -2 * r);
            case TRIANGLE -> String.format(Locale.ROOT, "m0 %.2fl%.2f %.2fh%.2fz", -1.15 * r, 1.1 * r, 2 * r, -2.2 * r);
            case SQUARE ->
                String.format(Locale.ROOT, "m%1$.2f %1$.2fh%2$.2fv%2$.2fh%3$.2fz", -0.9 * r, 1.8 * r, -1.8 * r);
            case DIAMOND ->
                String.format(Locale.ROOT, "m0 %1$.2fl%2$.2f %2$.2fl%1$.2f %2$.2fl%1$.2f %1$.2fz", -1.2 * r, 1.2 * r);
        };
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int rgb, double opacity) {
        svg.append("<rect x=\"");
        number(x).append("\" y=\"");
        number(y).append("\" width=\"");
        number(width).append("\" height=\"");
        number(height).append("\" fill=\"").append(color(rgb)).append("\" fill-opacity=\"");
        number(opacity).append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        svg.append("<text font-size=\"");
        number(lettering.size())
                .append("\" fill=\"")
                .append(color(lettering.rgb()))
                .append("\" text-anchor=\"");
        svg.append(lettering.anchor().name().toLowerCase(Locale.ROOT)).append('"');
        svg.append(lettering.bold() ? " font-weight=\"bold\"" : "");
        svg.append(
                lettering.halo()
                        ? " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
                        : "");
        svg.append(" transform=\"translate(");
        point(x, y);
        svg.append(lettering.upwards() ? ") rotate(-90)\">" : ")\">")
                .append(escaped(text))
                .append("</text>\n");
    }

    private void point(double x, double y) {
        number(x).append(' ');
        number(y);
    }

    /** Two decimals are a hundredth of a pixel. */
    private StringBuilder number(double x) {
        return svg.append(new BigDecimal(x)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString());
    }

    private static String color(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /** Text for XML, without the characters that XML cannot hold. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                default -> {
                    boolean allowed = (c >= ' ' || c == '\t' || c == '\n')
                            && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                            && c != 0xFFFE
                            && c != 0xFFFF;
                    safe.appendCodePoint(allowed ? c : 0xFFFD);
                }
            }
        });
        return safe.toString();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(svg.toString().getBytes(StandardCharsets.UTF_8));
        out.write("</svg>\n".getBytes(StandardCharsets.UTF_8));
    }
}
