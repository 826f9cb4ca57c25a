package org.mixtura.report.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Draws as a PNG of twice as many pixels each way, for screens of today and for print. Needs no display. */
final class PngCanvas implements Canvas {
    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D pen;

    PngCanvas(int width, int height) {
        image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.scale(SCALE, SCALE);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        pen.setClip(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void unclip() {
        pen.setClip(null);
    }

    @Override
    public void line(double[] x, double[] y, Stroke stroke) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        float @Nullable [] dash = stroke.dashed() ? new float[] {5, 4} : null;
        pen.setStroke(
                new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
        colour(stroke.rgb(), stroke.opacity());
        pen.draw(path);
    }

    @Override
    public void marks(Symbol symbol, double[] x, double[] y, double size, int rgb, double opacity) {
        colour(rgb, opacity);
        Shape shape = shape(symbol, size / 2);
        for (int i = 0; i < x.length; i++) {
            pen.fill(AffineTransform.getTranslateInstance(x[i], y[i]).createTransformedShape(shape));
        }
    }

    private static Shape shape(Symbol symbol, double r) {
        return switch (symbol) {
            case CIRCLE -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case TRIANGLE -> polygon(0, -1.15 * r, 1.1 * r, 0.85 * r, -1.1 * r, 0.85 * r);
            case SQUARE -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
            case DIAMOND -> polygon(0, -1.2 * r, 1.2 * r, 0, 0, 1.2 * r, -1.2 * r, 0);
        };
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int rgb, double opacity) {
        colour(rgb, opacity);
        pen.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        if (text.isEmpty()) {
            return;
        }
        Font font = new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) lettering.size());
        TextLayout layout = new TextLayout(text, font, pen.getFontRenderContext());
        double shift = switch (lettering.anchor()) {
            case START -> 0;
            case MIDDLE -> -layout.getAdvance() / 2;
            case END -> -layout.getAdvance();
        };
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        if (lettering.upwards()) {
            place.rotate(-Math.PI / 2);
        }
        place.translate(shift, 0);
        Shape outline = layout.getOutline(place);
        if (lettering.halo()) {
            colour(0xFFFFFF, 1);
            pen.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.draw(outline);
        }
        colour(lettering.rgb(), 1);
        pen.fill(outline);
    }

    private void colour(int rgb, double opacity) {
        pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
        pen.setColor(new Color(rgb));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        pen.dispose();
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this JVM cannot write PNG; write .svg");
        }
    }
}
