package org.mixtura.integration;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/**
 * Globally adaptive integration on an interval with the pair of Gauss's rule of 10 and Kronrod's of 21 points.
 *
 * <p>The panel of the largest estimated error is halved until the errors sum to the tolerance. A panel's error is estimated
 * from the difference δ of the two rules as in QUADPACK: v · min(1, (200 δ/v)^{3/2}) with v the integral of the deviation
 * from the panel's mean value, and not less than 50 half-ulps of the integral of |f|. Polynomials up to degree 31 are exact.
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

    /** Evaluations per panel. */
    static final int POINTS = 21;

    private final DoubleUnaryOperator f;
    private final double[] above = new double[NODES.length];
    private final double[] below = new double[NODES.length];

    private GaussKronrod(DoubleUnaryOperator f) {
        this.f = f;
    }

    /** A part of the interval; its error is not below what rounding alone may do. */
    private record Panel(double from, double to, double value, double error, double rounding) {}

    /**
     * Integrates a function.
     *
     * @param f the function, finite between the breakpoints
     * @param breakpoints ascending; the first and the last are the ends of the interval, the others the first panels' ends
     * @param tolerance the error wanted
     * @param maximumEvaluations stop halving when more than these were made
     * @return the integral; its error may exceed the tolerance if the evaluations ran out or rounding stands in the way
     */
    static Estimate integrate(DoubleUnaryOperator f, double[] breakpoints, double tolerance, long maximumEvaluations) {
        GaussKronrod rule = new GaussKronrod(f);
        PriorityQueue<Panel> panels =
                new PriorityQueue<>(Comparator.comparingDouble(Panel::error).reversed());
        double error = 0;
        long evaluations = 0;
        for (int i = 1; i < breakpoints.length; i++) {
            if (breakpoints[i] > breakpoints[i - 1]) {
                Panel panel = rule.panel(breakpoints[i - 1], breakpoints[i]);
                panels.add(panel);
                error += panel.error;
                evaluations += POINTS;
            }
        }
        while (error > tolerance && evaluations < maximumEvaluations) {
            Panel worst = panels.remove();
            double middle = 0.5 * (worst.from + worst.to);
            if (worst.error <= worst.rounding || !(worst.from < middle && middle < worst.to)) {
                panels.add(worst);
                break;
            }
            Panel left = rule.panel(worst.from, middle);
            Panel right = rule.panel(middle, worst.to);
            panels.add(left);
            panels.add(right);
            evaluations += 2 * POINTS;
            error += left.error + right.error - worst.error;
        }
        return total(panels, evaluations);
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

    private Panel panel(double from, double to) {
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
        double error = error(Math.abs(kronrod - gauss), deviation) * half;
        return new Panel(from, to, kronrod * half, Math.max(error, rounding), rounding);
    }

    private static double error(double difference, double deviation) {
        return deviation > 0 && difference > 0
                ? deviation * Math.min(1, Math.pow(200 * difference / deviation, 1.5))
                : difference;
    }
}
