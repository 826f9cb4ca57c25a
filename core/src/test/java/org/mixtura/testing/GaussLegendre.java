package org.mixtura.testing;

/** Gauss–Legendre rules for references. */
public final class GaussLegendre {
    private GaussLegendre() {}

    /** Nodes and weights on [−1, 1], by Newton's method on the Legendre polynomial. */
    public static double[][] rule(int n) {
        double[][] rule = new double[2][n];
        for (int i = 0; i < n; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < 100; step++) {
                double before = 1;
                double polynomial = x;
                for (int m = 2; m <= n; m++) {
                    double next = ((2 * m - 1) * x * polynomial - (m - 1) * before) / m;
                    before = polynomial;
                    polynomial = next;
                }
                slope = n * (x * polynomial - before) / (x * x - 1);
                double shift = polynomial / slope;
                x -= shift;
                if (Math.abs(shift) < 1e-16) {
                    break;
                }
            }
            rule[0][i] = x;
            rule[1][i] = 2 / ((1 - x * x) * slope * slope);
        }
        return rule;
    }
}
