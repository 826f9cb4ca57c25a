package org.mixtura.report.contrast;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;

/** What makes one component of a mixture different: columns far from the rest, columns that move together. */
public final class Traits {
    /** Cohen's word for a medium effect; smaller ones are not worth a sentence. */
    private static final double LEAST_EFFECT = 0.5;

    private static final double LEAST_CORRELATION = 0.7;
    /** Looking at all pairs of more columns takes longer than the answer is worth. */
    private static final int MOST_CORRELATED = 200;

    private final GaussianMixture mixture;
    private final ColumnSpread spread;

    private Traits(GaussianMixture mixture, ColumnSpread spread) {
        this.mixture = mixture;
        this.spread = spread;
    }

    /**
     * The traits of a mixture's components.
     *
     * @param mixture the mixture
     * @param spread that of its columns
     * @return the traits
     */
    public static Traits of(GaussianMixture mixture, ColumnSpread spread) {
        return new Traits(mixture, spread);
    }

    /**
     * Two columns that move together within a component.
     *
     * @param first one column, from 0
     * @param second the other
     * @param correlation between −1 and 1
     */
    public record Correlation(int first, int second, double correlation) {}

    /**
     * The columns in which a component differs most from the rest.
     *
     * @param component from 0
     * @param most how many, at most
     * @return columns with an effect of at least 0.5, the largest first; none if there is no other component
     */
    public List<Trait> columns(int component, int most) {
        if (!(mixture.weight(component) < 1)) {
            return List.of();
        }
        return IntStream.range(0, mixture.dimension())
                .mapToObj(j -> trait(component, j))
                .filter(trait -> Math.abs(trait.effect()) >= LEAST_EFFECT)
                .sorted(Comparator.comparingDouble(trait -> -Math.abs(trait.effect())))
                .limit(most)
                .toList();
    }

    /** The rest's moments are taken about the mean of the whole, for columns far from zero. */
    private Trait trait(int component, int column) {
        double centre = spread.mean(column);
        double restWeight = 0;
        double restAway = 0;
        for (int k = 0; k < mixture.size(); k++) {
            if (k != component) {
                restWeight += mixture.weight(k);
                restAway += mixture.weight(k) * (mixture.component(k).mean(column) - centre);
            }
        }
        restAway /= restWeight;
        double restVariance = 0;
        for (int k = 0; k < mixture.size(); k++) {
            if (k != component) {
                double away = mixture.component(k).mean(column) - centre - restAway;
                double variance = mixture.component(k).covariance().get(column, column);
                restVariance += mixture.weight(k) / restWeight * (variance + away * away);
            }
        }
        Gaussian own = mixture.component(component);
        double effect = (own.mean(column) - centre - restAway)
                / Math.sqrt(0.5 * (own.covariance().get(column, column) + restVariance));
        return new Trait(column, effect, centre + restAway, Math.sqrt(restVariance));
    }

    /**
     * The two columns that are most correlated within a component.
     *
     * @param component from 0
     * @return the pair, empty if no correlation reaches 0.7 or there are more than 200 columns
     */
    public Optional<Correlation> correlation(int component) {
        Gaussian gaussian = mixture.component(component);
        int d = mixture.dimension();
        Correlation strongest = new Correlation(0, 0, 0);
        for (int i = 1; i < d && d <= MOST_CORRELATED; i++) {
            for (int j = 0; j < i; j++) {
                double product =
                        gaussian.covariance().get(i, i) * gaussian.covariance().get(j, j);
                double correlation = gaussian.covariance().get(i, j) / Math.sqrt(product);
                if (Math.abs(correlation) > Math.abs(strongest.correlation())) {
                    strongest = new Correlation(j, i, correlation);
                }
            }
        }
        return Math.abs(strongest.correlation()) >= LEAST_CORRELATION ? Optional.of(strongest) : Optional.empty();
    }
}
