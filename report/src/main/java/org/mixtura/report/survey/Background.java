package org.mixtura.report.survey;

import java.util.Optional;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.mixture.NoisyMixture;

/** The noise among the components, if there is any: its share of a row. */
final class Background {
    private final Optional<NoisyMixture> noisy;

    Background(Optional<NoisyMixture> noisy) {
        this.noisy = noisy;
    }

    /**
     * The probability that a row is noise, ε/V_o / (ε/V_o + (1 − ε) p(x_o)).
     *
     * @param logDensity ln p(x_o) under the components alone
     */
    double share(Block block, int row, double logDensity) {
        return noisy.map(mixture -> {
                    double logNoise = block.gaps(row) == 0
                            ? mixture.logNoise()
                            : Math.log(mixture.share()) - mixture.box().logVolume(observed(block, row));
                    return 1 / (1 + Math.exp(Math.log1p(-mixture.share()) + logDensity - logNoise));
                })
                .orElse(0.0);
    }

    private static int[] observed(Block block, int row) {
        return IntStream.range(0, block.dimension())
                .filter(j -> !Double.isNaN(block.get(row, j)))
                .toArray();
    }
}
