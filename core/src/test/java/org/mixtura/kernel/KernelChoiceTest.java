package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs twice, in a JVM without the vector module and in one with it. */
class KernelChoiceTest {
    private static final String PROPERTY = "mixtura.kernels";
    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private final String before = System.getProperty(PROPERTY, "");

    @AfterEach
    void restore() {
        System.setProperty(PROPERTY, before);
    }

    @Test
    void withoutTheModuleThePlainKernelsSayWhatToDo() {
        assumeTrue(!VECTORS);
        assertThat(KernelChoice.best()).isInstanceOf(PlainKernels.class);
        assertThat(KernelChoice.best().description())
                .isEqualTo("plain Java kernels (for faster ones add mixtura-simd, and start the JVM with --add-modules "
                        + "jdk.incubator.vector)");
    }

    @Test
    void withTheModuleLargeWorkGoesToTheVectorKernels() {
        assumeTrue(VECTORS);
        System.setProperty(PROPERTY, "");
        assertThat(KernelChoice.forWork(1 << 18, 1 << 7).description()).matches("vector kernels, \\d+ bits");
        assertThat(KernelChoice.forWork(1 << 18, (1 << 7) - 1)).isInstanceOf(PlainKernels.class);
    }

    @Test
    void aProgramThatEndsSoonTakesTheVectorKernelsForLargerWork() {
        assumeTrue(VECTORS);
        System.setProperty(PROPERTY, "once");
        assertThat(KernelChoice.forWork(1 << 21, 1 << 7).description()).matches("vector kernels, \\d+ bits");
        assertThat(KernelChoice.forWork(1 << 21, (1 << 7) - 1)).isInstanceOf(PlainKernels.class);
    }

    @Test
    void smallWorkIsPlainAndThePropertyOverrules() {
        System.setProperty(PROPERTY, "");
        assertThat(KernelChoice.forWork(1000, 1000)).isInstanceOf(PlainKernels.class);
        System.setProperty(PROPERTY, "vector");
        assertThat(KernelChoice.forWork(1, 1)).isSameAs(KernelChoice.best());
        System.setProperty(PROPERTY, "plain");
        assertThat(KernelChoice.forWork(1 << 30, 1 << 20)).isInstanceOf(PlainKernels.class);
    }
}
