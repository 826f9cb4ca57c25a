package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mixtura.kernel.KernelChoice;

class VersionTest {
    @Test
    void isThatOfTheBuild() {
        assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void tellsTheKernelsInUse() {
        assertThat(Version.kernels()).isEqualTo(KernelChoice.best().description());
    }
}
