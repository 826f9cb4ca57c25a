package org.mixtura.fit;

import java.util.Optional;
import org.mixtura.kernel.Moments;

/**
 * Parameters as a point of a space in which every point is valid, and how the objective rises there.
 *
 * @param <P> the parameters
 */
interface Slope<P> {
    /** The point of some parameters; empty if they lie on the border of the space. */
    Optional<double[]> of(P parameters);

    /**
     * The parameters of a point.
     *
     * @param like parameters of the same shape
     * @throws IllegalArgumentException if there are none in double precision
     */
    P at(double[] point, P like);

    /**
     * The gradient of the objective, which is that of the expected log-likelihood of rows and components together (Fisher's
     * identity), so that it follows from the moments of the pass that gave the objective.
     *
     * @param moments under these parameters, about their centres
     */
    double[] gradient(P parameters, Moments moments);

    /** How the expected log-likelihood bends along each coordinate, positive: more than the objective does. */
    double[] bend(P parameters, Moments moments);
}
