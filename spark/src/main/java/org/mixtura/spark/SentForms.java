package org.mixtura.spark;

import java.io.Serializable;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/** The forms of a round and what to gather under them, as they go to the executors. */
final class SentForms implements Serializable {
    private static final long serialVersionUID = 1;

    private final QuadraticForms.Factor factor;
    private final double[] origin;
    private final double[] centres;
    private final double[] constants;
    private final double[][] factors;
    private final Moments.Scatter scatter;

    SentForms(QuadraticForms forms, Moments.Scatter scatter) {
        this.factor = forms.factor();
        this.origin = forms.origin();
        this.centres = forms.centres();
        this.constants = forms.constants();
        this.factors = new double[forms.components()][];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = forms.factor(k);
        }
        this.scatter = scatter;
    }

    QuadraticForms forms() {
        return QuadraticForms.of(factor, origin, centres, constants, factors);
    }

    Moments.Scatter scatter() {
        return scatter;
    }
}
