package org.mixtura.integration;

/** How smooth an integrand is: rules that converge exponentially for the one converge slowly for the other. */
public enum Smoothness {
    /** It has a power series about every point. */
    ANALYTIC,
    /** It is continuous but turns suddenly, as absolute values do, and logarithms of mixtures far from their components. */
    KINKED
}
