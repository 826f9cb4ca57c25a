package org.mixtura.kernel;

import org.mixtura.simd.VectorKernels;

class VectorLeftOutComponentsTest extends AbstractLeftOutComponentsTest {
    VectorLeftOutComponentsTest() {
        super(new VectorKernels());
    }
}
