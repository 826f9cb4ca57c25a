package org.mixtura.mixture;

import java.util.random.RandomGenerator;

/**
 * Draws from gamma distributions of scale 1: d v with d = a − 1/3 and v = (1 + z/√(9d))³, z standard normal, is taken with a
 * probability near one that makes it exact (Marsaglia &amp; Tsang 2000, <a
 * href="https://doi.org/10.1145/358407.358414">doi:10.1145/358407.358414</a>); for a shape below 1 one of shape a + 1, times U^{1/a}.
 */
final class GammaDraw {
    private GammaDraw() {}

    /**
     * A draw.
     *
     * @param shape a, positive and finite
     * @return a positive number of mean a and variance a
     */
    static double of(double shape, RandomGenerator random) {
        if (shape < 1) {
            double power = Math.pow(1 - random.nextDouble(), 1 / shape);
            return Math.max(Double.MIN_NORMAL, of(shape + 1, random) * power);
        }
        double d = shape - 1.0 / 3;
        double width = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double root = 1 + width * z;
            double v = root * root * root;
            if (v > 0 && Math.log(1 - random.nextDouble()) < z * z / 2 + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }
}
