package org.mixtura.simd;

import org.mixtura.kernel.Kernels;
import org.mixtura.kernel.QuadraticForms;

/**
 * The kernels on the Vector API.
 *
 * <p>A tile of rows is turned so that the lanes of a vector hold one column of several rows; its scores, their log-sum-exp and
 * its moments are taken before the next tile is looked at, so that nothing larger than a tile leaves the caches. Rows that
 * the usual arithmetic cannot serve (not finite, or so far away that a form overflows) go to the plain kernels, one by one.
 */
public final class VectorKernels implements Kernels {
    /** For the service loader. */
    public VectorKernels() {}

    @Override
    public String description() {
        return "vector kernels, " + Lanes.DOUBLES.vectorBitSize() + " bits";
    }

    @Override
    public Worker worker(QuadraticForms forms) {
        return new VectorWorker(forms);
    }
}
