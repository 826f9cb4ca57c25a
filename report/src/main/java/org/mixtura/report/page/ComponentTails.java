package org.mixtura.report.page;

import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.mixture.StudentT;

/** Writes what a page needs besides locations and scales to draw components with tails. */
public final class ComponentTails {
    private final double[] degreesOfFreedom;

    private ComponentTails(double[] degreesOfFreedom) {
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /**
     * The tails of a mixture.
     *
     * @param mixture K components
     * @return what to write of them
     */
    public static ComponentTails of(StudentMixture mixture) {
        return new ComponentTails(mixture.degreesOfFreedom());
    }

    /**
     * Writes the degrees of freedom, null for a Gaussian, and the heights of the standard densities of one number, which no script
     * wants to compute.
     *
     * @param data where to
     */
    public void write(PageData data) {
        double[] heights = new double[degreesOfFreedom.length];
        for (int k = 0; k < heights.length; k++) {
            StudentT standard = StudentT.of(new double[1], Covariance.diagonal(1), degreesOfFreedom[k]);
            heights[k] = Math.exp(standard.logDensity(new double[1]));
        }
        data.numbers("freedom", degreesOfFreedom).numbers("heights", heights);
    }
}
