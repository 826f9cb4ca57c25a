package org.mixtura.integration;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/**
 * Globally adaptive integration on an interval with the pair of Gauss's rule of 10 and Kronrod's of 21 points.
 *
 * <p>The panel of the largest estimated error is halved until the errors sum to the tolerance. For analytic functions a
 * panel's error is estimated from the difference δ of the two rules as in QUADPACK: v · min(1, (200 δ/v)^{3/2}) with v the
 * integral of the deviation from the panel's mean value. It is never less than 50 half-ulps of the integral of |f|.
 * Polynomials up to degree 31 are exact.
 *
 * <p>Where a function may have kinks the error is 4 δ, with three allowances. The error of a kink falls by four with each
 * halving, but δ may be small by accident, and halving stops at accidents: so the error is not less than an eighth of that of
 * the panel it was halved from, unless δ shows that there is no kink in this half by being 10¹⁰ times smaller. For the same
 * reason no first panel is trusted before it was halved once. And a kink between a panel's end and its outermost node, 0.22 %
 * of its width away, is not seen at all: 2e-5 v is allowed for it, what turning a slope round there would make.
 *
 * <p>R. Piessens, E. de Doncker-Kapenga, C. Überhuber, D. Kahaner, QUADPACK, Springer 1983,
 * <a href="https://doi.org/10.1007/978-3-642-61786-7">doi:10.1007/978-3-642-61786-7</a>.
 */
final class GaussKronrod {
    /** The positive nodes of Kronrod's rule, descending; those at odd places are Gauss's. The last is 0. */
    private static final double[] NODES = {
        0.9956571630258081,
        0.9739065285171717,
        0.9301574913557082,
        0.8650633666889845,
        0.7808177265864169,
        0.6794095682990244,
        0.5627571346686047,
        0.4333953941292472,
        0.2943928627014602,
        0.14887433898163122,
        0
    };

    private static final double[] KRONROD = {
        0.011694638867371874,
        0.032558162307964725,
        0.054755896574351995,
        0.07503967481091996,
        0.0931254545836976,
        0.10938715880229764,
        0.12349197626206584,
        0.13470921731147334,
        0.14277593857706009,
        0.14773910490133849,
        0.1494455540029169
    };

    /** Gauss's weights for the nodes at odd places. */
    private static final double[] GAUSS = {
        0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635, 0.29552422471475287
    };

    /** What a kink beyond the outermost node may hide, relative to the integral of the deviation from the mean. */
    private static final double HIDDEN = 2e-5;

    /** Evaluations per panel. */
    static final int POINTS = 21;

    private final DoubleUnaryOperator f;
    private final Smoothness smoothness;
    private final double[] above = new double[NODES.length];
    private final double[] below = new double[NODES.length];
    private long evaluations;

    private GaussKronrod(DoubleUnaryOperator f, Smoothness smoothness) {
        this.f = f;
        this.smoothness = smoothness;
    }

    /** A part of the interval; its error is not below what rounding alone may do. */
    private record Panel(double from, double to, double value, double error, double rounding) {
        Panel withError(double other) {
            return new Panel(from, to, value, other, rounding);
        }
    }

    /**
     * Integrates a function.
     *
     * @param f the function, finite between the breakpoints
     * @param smoothness whether it may have kinks
     * @param breakpoints ascending; the first and the last are the ends of the interval, the others the first panels' ends
     * @param tolerance the error wanted
     * @param maximumEvaluations stop halving when more than these were made
     * @return the integral; its error may exceed the tolerance if the evaluations ran out or rounding stands in the way
     */
    static Estimate integrate(
            DoubleUnaryOperator f,
            Smoothness smoothness,
            double[] breakpoints,
            double tolerance,
            long maximumEvaluations) {
        GaussKronrod rule = new GaussKronrod(f, smoothness);
        PriorityQueue<Panel> panels =
                new PriorityQueue<>(Comparator.comparingDouble(Panel::error).reversed());
        double error = 0;
        for (int i = 1; i < breakpoints.length; i++) {
            if (breakpoints[i] > breakpoints[i - 1]) {
                error += rule.start(breakpoints[i - 1], breakpoints[i], panels);
            }
        }
        while (error > tolerance && rule.evaluations < maximumEvaluations) {
            Panel worst = panels.remove();
            double middle = 0.5 * (worst.from + worst.to);
            if (worst.error <= worst.rounding || !(worst.from < middle && middle < worst.to)) {
                panels.add(worst);
                break;
            }
            Panel left = rule.panel(worst.from, middle, worst.error);
            Panel right = rule.panel(middle, worst.to, worst.error);
            panels.add(left);
            panels.add(right);
            error += left.error + right.error - worst.error;
        }
        return total(panels, rule.evaluations);
    }

    /** Adds the first panels between two breakpoints; returns the sum of their errors. */
    private double start(double from, double to, Collection<Panel> panels) {
        Panel whole = panel(from, to, 0);
        double middle = 0.5 * (from + to);
        if (smoothness == Smoothness.ANALYTIC || !(from < middle && middle < to)) {
            panels.add(whole);
            return whole.error;
        }
        Panel left = panel(from, middle, 0);
        Panel right = panel(middle, to, 0);
        // What halving changed is an error of the whole that its own δ may have hidden.
        double change = Math.abs(whole.value - left.value - right.value);
        left = left.withError(cautious(left.error, change));
        right = right.withError(cautious(right.error, change));
        panels.add(left);
        panels.add(right);
        return left.error + right.error;
    }

    private static Estimate total(Iterable<Panel> panels, long evaluations) {
        CompensatedSum value = new CompensatedSum();
        CompensatedSum error = new CompensatedSum();
        for (Panel panel : panels) {
            value.add(panel.value);
            error.add(panel.error);
        }
        return new Estimate(value.value(), Math.max(0, error.value()), evaluations, Method.GAUSS_KRONROD);
    }

    private Panel panel(double from, double to, double inherited) {
        evaluations += POINTS;
        double centre = 0.5 * (from + to);
        double half = 0.5 * (to - from);
        double kronrod = 0;
        double gauss = 0;
        double absolute = 0;
        int last = NODES.length - 1;
        double middle = f.applyAsDouble(centre);
        for (int i = 0; i < last; i++) {
            above[i] = f.applyAsDouble(centre + half * NODES[i]);
            below[i] = f.applyAsDouble(centre - half * NODES[i]);
            kronrod += KRONROD[i] * (above[i] + below[i]);
            absolute += KRONROD[i] * (Math.abs(above[i]) + Math.abs(below[i]));
            gauss += (i & 1) == 1 ? GAUSS[i >> 1] * (above[i] + below[i]) : 0;
        }
        kronrod += KRONROD[last] * middle;
        absolute += KRONROD[last] * Math.abs(middle);
        double mean = 0.5 * kronrod;
        double deviation = KRONROD[last] * Math.abs(middle - mean);
        for (int i = 0; i < last; i++) {
            deviation += KRONROD[i] * (Math.abs(above[i] - mean) + Math.abs(below[i] - mean));
        }
        double rounding = 50 * 0x1p-53 * absolute * half;
        double difference = Math.abs(kronrod - gauss) * half;
        double error = smoothness == Smoothness.ANALYTIC
                ? sharpened(difference, deviation * half)
                : cautious(4 * difference, inherited) + HIDDEN * deviation * half;
        return new Panel(from, to, kronrod * half, Math.max(error, rounding), rounding);
    }

    private static double sharpened(double difference, double deviation) {
        return deviation > 0 && difference > 0
                ? deviation * Math.min(1, Math.pow(200 * difference / deviation, 1.5))
                : difference;
    }

    private static double cautious(double error, double inherited) {
        return error > 1e-10 * inherited ? Math.max(error, 0.125 * inherited) : error;
    }
}
