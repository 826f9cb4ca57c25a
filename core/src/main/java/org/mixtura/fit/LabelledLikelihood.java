package org.mixtura.fit;

import org.mixtura.kernel.CodeFactors;
import org.mixtura.kernel.QuadraticForms;

/**
 * An algorithm whose rows carry partial labels: their factors go into the scores, s_k(x) + ln l_k, and with them into the
 * responsibilities and the likelihood, Σ w ln Σ_k l_k π_k N_k(x); all else is as it was, since EM's step from the moments maximises
 * this likelihood's bound as it does that without labels (Ambroise, Denoeux, Govaert &amp; Smets 2001). The components of classes keep
 * their places: splits and merges leave them alone.
 *
 * @param <P> the parameters
 */
final class LabelledLikelihood<P> extends AlgorithmView<P> {
    private final int classes;
    private final CodeFactors factors;

    /**
     * @param inner the algorithm without labels; its first forms may stand for something else than components
     * @param labels the labels of the rows
     * @param components K
     */
    LabelledLikelihood(Algorithm<P> inner, PartialLabels labels, int components) {
        super(inner);
        this.classes = labels.classes().size();
        double[][] values = new double[labels.size()][inner.fixed() + components];
        for (int code = 0; code < values.length; code++) {
            for (int k = 0; k < values[code].length; k++) {
                values[code][k] = labels.factor(code, k - inner.fixed());
            }
        }
        this.factors = CodeFactors.of(values);
    }

    @Override
    public QuadraticForms forms(P parameters) {
        return super.forms(parameters).coded(factors);
    }

    @Override
    public int fixed() {
        return super.fixed() + classes;
    }
}
