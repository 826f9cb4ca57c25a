package org.mixtura.fit;

/** What is known beforehand of the weights of a mixture's components. */
public enum Proportions {
    /** Nothing: they are estimated, K − 1 numbers. */
    FREE,
    /** They are the same, 1/K each: as where every component stands for a class that was sampled as often as the others. */
    EQUAL
}
