package org.mixtura.kernel;

import org.mixtura.simd.VectorKernels;

class VectorKernelsTest extends AbstractKernelsTest {
    @Override
    Kernels kernels() {
        return new VectorKernels();
    }
}
