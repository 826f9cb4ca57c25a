package org.mixtura.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.GaussianMixture;

/** A mixture as it goes to executors: as the text of its model file, from which each makes it once. */
final class SentMixture implements Serializable {
    private static final long serialVersionUID = 1;

    private final String json;
    private transient volatile @Nullable GaussianMixture mixture;

    SentMixture(GaussianMixture mixture) {
        this.json = MixtureFile.of(mixture).toJson();
        this.mixture = mixture;
    }

    GaussianMixture mixture() {
        GaussianMixture known = mixture;
        if (known == null) {
            known = MixtureFile.parse(json, "model").mixture();
            mixture = known;
        }
        return known;
    }
}
