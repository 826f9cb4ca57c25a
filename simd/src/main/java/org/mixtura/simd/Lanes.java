package org.mixtura.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of the machine's vectors. In a class of its own, so that nothing of the Vector API loads before
 * {@link VectorKernels} has been asked for a worker.
 *
 * <p>Rules that all loops here keep, each worth a factor of two to a hundred where it was broken: the species is a constant;
 * accumulators are local variables; hot loops stand in a method of their own that takes all it needs as arguments; lengths
 * are padded, so that no loop has a tail. No result depends on {@code reduceLanes} or on vector functions such as
 * {@code EXP}: the interpreter and the compilers of the JVM round those differently, so that the same work would give other
 * bits once it has been compiled.
 */
final class Lanes {
    /** Vectors of doubles, as wide as the machine prefers. */
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    /** Doubles in a vector. */
    static final int WIDTH = DOUBLES.length();

    private Lanes() {}

    /** {@return n rounded up to whole vectors} */
    static int padded(int n) {
        return (n + WIDTH - 1) / WIDTH * WIDTH;
    }
}
