package org.mixtura.report.contrast;

import java.util.List;
import java.util.stream.IntStream;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/**
 * The two columns to look at first: those in which the components overlap least, by Σ_{k&lt;l} π_k π_l exp(−D_B) with the
 * Bhattacharyya distance of the two-column marginals. With
 * one component, the two columns that are most correlated.
 *
 * @param x the column of the horizontal axis, from 0
 * @param y the column of the vertical axis; equal to x if there is one column only
 */
public record TellingPair(int x, int y) {
    /** Pairs are tried among this many columns, those that tell the components apart best. */
    private static final int MOST_TRIED = 16;
    /** Components beyond these, the heaviest, are not looked at. */
    private static final int MOST_COMPONENTS = 24;

    /**
     * The pair of a mixture.
     *
     * @param mixture the mixture
     * @param spread that of its columns
     * @return the pair, the earlier column first
     */
    public static TellingPair of(GaussianMixture mixture, ColumnSpread spread) {
        List<Integer> columns = spread.telling(MOST_TRIED);
        TellingPair best = new TellingPair(0, mixture.dimension() > 1 ? 1 : 0);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                TellingPair pair = new TellingPair(columns.get(i), columns.get(j));
                double overlap = mixture.size() == 1 ? -pair.correlation(mixture) : pair.overlap(mixture);
                if (overlap < least) {
                    least = overlap;
                    best = pair;
                }
            }
        }
        return best;
    }

    private double correlation(GaussianMixture mixture) {
        Covariance covariance = mixture.component(0).covariance();
        return Math.abs(covariance.get(x, y)) / Math.sqrt(covariance.get(x, x) * covariance.get(y, y));
    }

    private double overlap(GaussianMixture mixture) {
        int[] heaviest = IntStream.range(0, mixture.size())
                .boxed()
                .sorted((k, l) -> Double.compare(mixture.weight(l), mixture.weight(k)))
                .limit(MOST_COMPONENTS)
                .mapToInt(k -> k)
                .toArray();
        Gaussian[] marginals = IntStream.of(heaviest)
                .mapToObj(k -> mixture.component(k).marginal(x, y))
                .toArray(Gaussian[]::new);
        double overlap = 0;
        for (int k = 0; k < heaviest.length; k++) {
            for (int l = 0; l < k; l++) {
                double separation = Separation.between(marginals[k], marginals[l]);
                overlap += mixture.weight(heaviest[k])
                        * mixture.weight(heaviest[l])
                        * Math.exp(-separation * separation / 8);
            }
        }
        return overlap;
    }
}
