package org.mixtura.fit;

import org.jspecify.annotations.Nullable;
import org.mixtura.mixture.GaussianMixture;

/** A place on a {@link Path}: a number of components of one structure, and the highest climb that was found for it. */
final class Stage {
    private final Em em;
    private final long parameters;
    private final MaximumLikelihood algorithm;
    private final Ascent.Watcher watcher;
    private Ascent.@Nullable Climb<GaussianMixture> climb;
    private String failure = "it was cancelled before its turn";
    private boolean mended;

    /**
     * @param watcher who watches all climbs of the stage
     */
    Stage(Em em, long parameters, MaximumLikelihood algorithm, Ascent.Watcher watcher) {
        this.em = em;
        this.parameters = parameters;
        this.algorithm = algorithm;
        this.watcher = watcher;
    }

    Em em() {
        return em;
    }

    int components() {
        return em.settings().components;
    }

    /** p. */
    long parameters() {
        return parameters;
    }

    MaximumLikelihood algorithm() {
        return algorithm;
    }

    Ascent.Watcher watcher() {
        return watcher;
    }

    /** The highest climb so far; null if there is none. */
    Ascent.@Nullable Climb<GaussianMixture> climb() {
        return climb;
    }

    /** Why there is no climb. */
    String failure() {
        return failure;
    }

    /** Takes a climb if it is the best so far. */
    void take(Ascent.Climb<GaussianMixture> next) {
        if (climb == null || next.betterThan(climb)) {
            climb = next;
            mended = false;
        }
    }

    boolean cancelled() {
        return climb != null && climb.reason() == StopReason.CANCELLED;
    }

    /** Tells why there is no climb. */
    void failed(String reason) {
        failure = reason;
    }

    /** Whether the highest climb was mended. */
    boolean mended() {
        return mended;
    }

    /** Takes note that the highest climb was mended. */
    void setMended() {
        mended = true;
    }
}
