package org.mixtura.fit;

import java.util.Optional;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;

/**
 * Another algorithm seen through something: all questions go to it, but those that a subclass answers itself. A new question to
 * algorithms is thus passed on by every view.
 *
 * @param <P> the parameters
 */
abstract class AlgorithmView<P> implements Algorithm<P> {
    private final Algorithm<P> inner;

    /**
     * @param inner the algorithm that is seen
     */
    AlgorithmView(Algorithm<P> inner) {
        this.inner = inner;
    }

    @Override
    public QuadraticForms forms(P parameters) {
        return inner.forms(parameters);
    }

    @Override
    public P update(Moments moments, P previous) {
        return inner.update(moments, previous);
    }

    @Override
    public double penalty(P parameters) {
        return inner.penalty(parameters);
    }

    @Override
    public Moments.Scatter scatter() {
        return inner.scatter();
    }

    @Override
    public double roundingAllowance(P parameters, double objective, double weight) {
        return inner.roundingAllowance(parameters, objective, weight);
    }

    @Override
    public Optional<Squarem.Coordinates<P>> coordinates() {
        return inner.coordinates();
    }

    @Override
    public Optional<Slope<P>> slope() {
        return inner.slope();
    }

    @Override
    public Optional<P> guess(Moments moments, P present, P next, Optional<P> extrapolated) {
        return inner.guess(moments, present, next, extrapolated);
    }

    @Override
    public Optional<Partition.Share> absorbed(Partition.Share one, Partition.Share other) {
        return inner.absorbed(one, other);
    }

    @Override
    public int fixed() {
        return inner.fixed();
    }

    @Override
    public double racingWeight(double share) {
        return inner.racingWeight(share);
    }
}
