package org.mixtura.kernel;

class PlainLeftOutComponentsTest extends AbstractLeftOutComponentsTest {
    PlainLeftOutComponentsTest() {
        super(new PlainKernels());
    }
}
