package org.mixtura.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mixtura.fit.Fit;
import org.mixtura.mixture.CovarianceStructure;

/** One of the fits among which a model was chosen, or the reason why there is none. */
public final class Candidate {
    private final int components;
    private final CovarianceStructure structure;
    private final @Nullable Fit<?> fit;
    private final String failure;

    private Candidate(int components, CovarianceStructure structure, @Nullable Fit<?> fit, String failure) {
        this.components = components;
        this.structure = structure;
        this.fit = fit;
        this.failure = failure;
    }

    /**
     * A candidate that was fitted.
     *
     * @param components K
     * @param structure what the covariances have in common
     * @param fit the fit
     * @return the candidate
     */
    public static Candidate fitted(int components, CovarianceStructure structure, Fit<?> fit) {
        return new Candidate(components, structure, fit, "");
    }

    /**
     * A candidate that could not be fitted.
     *
     * @param components K
     * @param structure what the covariances have in common
     * @param reason why there is no fit
     * @return the candidate
     */
    public static Candidate failed(int components, CovarianceStructure structure, String reason) {
        return new Candidate(components, structure, null, reason);
    }

    /** {@return K} */
    public int components() {
        return components;
    }

    /** {@return what the covariances have in common} */
    public CovarianceStructure structure() {
        return structure;
    }

    /** {@return the fit, empty if there is none} */
    public Optional<Fit<?>> fit() {
        return Optional.ofNullable(fit);
    }

    /** {@return why there is no fit; empty text if there is one} */
    public String failure() {
        return failure;
    }
}
