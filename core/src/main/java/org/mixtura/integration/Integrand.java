package org.mixtura.integration;

/**
 * What is averaged over a mixture, Σ_k π_k E_k[φ_k(x)] = E[Σ_k r_k(x) φ_k(x)]: a function of the point and of the component
 * from which it was drawn. An integrand may hold a workplace, so each thread has its own.
 */
public interface Integrand {
    /**
     * The integrand given the component.
     *
     * @param component k, from 0
     * @param posterior the mixture's posterior, at the point
     * @return φ_k(x), finite
     */
    double given(int component, Posterior posterior);

    /**
     * The integrand when the component is not known.
     *
     * @param posterior the mixture's posterior, at the point
     * @return Σ_k r_k φ_k(x), finite
     */
    double mean(Posterior posterior);

    /**
     * An integrand that does not depend on the component.
     *
     * @param function φ
     * @return φ for every component
     */
    static Integrand of(PosteriorFunction function) {
        return new Integrand() {
            @Override
            public double given(int component, Posterior posterior) {
                return function.at(posterior);
            }

            @Override
            public double mean(Posterior posterior) {
                return function.at(posterior);
            }
        };
    }

    /** A function of a posterior and its point. */
    @FunctionalInterface
    interface PosteriorFunction {
        /**
         * The function's value.
         *
         * @param posterior the posterior, at the point
         * @return φ(x), finite
         */
        double at(Posterior posterior);
    }
}
