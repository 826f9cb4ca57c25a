package org.mixtura.integration;

/** A source of points of the standard normal distribution, one after the other. */
interface NormalPoints {
    /**
     * The next point.
     *
     * @param z receives d values
     */
    void next(double[] z);
}
