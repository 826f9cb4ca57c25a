package org.mixtura.kernel;

class PlainKernelsTest extends AbstractKernelsTest {
    @Override
    Kernels kernels() {
        return new PlainKernels();
    }
}
