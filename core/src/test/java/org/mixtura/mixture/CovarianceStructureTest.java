package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CovarianceStructureTest {
    @ParameterizedTest
    @CsvSource({"full, 44", "tied, 24", "diag, 26", "spherical, 17", "tied_diag, 18", "tied_spherical, 15"})
    void countsFreeParameters(String name, long expected) {
        // K = 3 in d = 4: 2 weights and 12 means beside the covariances
        assertThat(CovarianceStructure.of(name).parameters(3, 4)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsLabel(CovarianceStructure structure) {
        assertThat(CovarianceStructure.of(structure.label())).isEqualTo(structure);
        assertThat(CovarianceStructure.of(structure.label().replace('_', '-').toUpperCase(Locale.ROOT)))
                .isEqualTo(structure);
    }

    @Test
    void takesDiagonalForDiag() {
        assertThat(CovarianceStructure.of("tied-diagonal")).isEqualTo(CovarianceStructure.TIED_DIAGONAL);
    }

    @Test
    void namesTheKnownOnes() {
        assertThatThrownBy(() -> CovarianceStructure.of("round"))
                .hasMessage(
                        "unknown covariance type \"round\"; known are full, tied, diag, spherical, tied_diag, tied_spherical");
    }
}
