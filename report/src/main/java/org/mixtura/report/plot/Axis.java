package org.mixtura.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Part of a number line laid along some pixels. */
final class Axis {
    private final double from;
    private final double to;
    private final double firstPixel;
    private final double lastPixel;

    /**
     * @param from the least value that is shown
     * @param to the greatest value
     * @param firstPixel where the least value lies
     * @param lastPixel where the greatest lies; for a vertical axis less than the first
     */
    Axis(double from, double to, double firstPixel, double lastPixel) {
        this.from = from;
        this.to = to;
        this.firstPixel = firstPixel;
        this.lastPixel = lastPixel;
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /** Where a value lies, in pixels. */
    double pixel(double value) {
        return firstPixel + (value - from) / (to - from) * (lastPixel - firstPixel);
    }

    /** Where values lie. */
    double[] pixels(double[] values) {
        double[] pixels = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = pixel(values[i]);
        }
        return pixels;
    }

    /** Round values along the axis, about as many as asked for. */
    List<Double> ticks(int wanted) {
        double raw = (to - from) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step =
                raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : raw / power < 7.5 ? 5 * power : 10 * power;
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(from / step); i * step <= to && ticks.size() <= 4 * wanted; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A round value without the traces of binary fractions. */
    static String label(double tick) {
        if (tick == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(tick).round(new MathContext(10)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text = exponent >= 9 || exponent < -4
                ? rounded.movePointLeft(exponent).toPlainString() + "e" + exponent
                : rounded.toPlainString();
        return text.replace('-', '−');
    }
}
