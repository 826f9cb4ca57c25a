package org.mixtura.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CovarianceStructureTest {
    /** nMclustParams of mclust 6.0.0: of K = 3, 1 and 2 components in d = 4, and of 3 in one column (its E and V). */
    @ParameterizedTest
    @CsvSource({
        "EII, 15, 5, 10, 6", "VII, 17, 5, 11, 8", "EEI, 18, 8, 13, 6", "VEI, 20, 8, 14, 8", "EVI, 24, 8, 16, 6",
        "VVI, 26, 8, 17, 8", "EEE, 24, 14, 19, 6", "VEE, 26, 14, 20, 8", "EVE, 30, 14, 22, 6", "VVE, 32, 14, 23, 8",
        "EEV, 36, 14, 25, 6", "VEV, 38, 14, 26, 8", "EVV, 42, 14, 28, 6", "VVV, 44, 14, 29, 8"
    })
    void countsWhatMclustCounts(String identifier, long ofThree, long ofOne, long ofTwo, long inOneColumn) {
        CovarianceStructure structure = CovarianceStructure.of(identifier);
        assertThat(structure.identifier()).isEqualTo(identifier);
        assertThat(structure.parameters(3, 4)).isEqualTo(ofThree);
        assertThat(structure.parameters(1, 4)).isEqualTo(ofOne);
        assertThat(structure.parameters(2, 4)).isEqualTo(ofTwo);
        assertThat(structure.parameters(3, 1)).isEqualTo(inOneColumn);
    }

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
    void takesTheNamesOfOneColumn() {
        assertThat(CovarianceStructure.of("E")).isEqualTo(CovarianceStructure.TIED);
        assertThat(CovarianceStructure.of("v")).isEqualTo(CovarianceStructure.FULL);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsIdentifier(CovarianceStructure structure) {
        assertThat(CovarianceStructure.of(structure.identifier().toLowerCase(Locale.ROOT)))
                .isEqualTo(structure);
    }

    @ParameterizedTest
    @CsvSource({
        "VVV, VEE, 1, 3, true", "VVV, VEE, 2, 3, false", "VVV, VVI, 1, 3, false", "VVI, EEI, 1, 3, true",
        "EVI, EEV, 4, 1, true", "EVI, VVV, 4, 1, false", "EVI, VVV, 1, 1, true", "VII, EII, 1, 2, true",
        "VII, VVI, 1, 2, false"
    })
    void coincidesWhereNothingTellsThemApart(String one, String other, int k, int d, boolean same) {
        CovarianceStructure first = CovarianceStructure.of(one);
        CovarianceStructure second = CovarianceStructure.of(other);
        assertThat(first.coincidesWith(second, k, d)).isEqualTo(same);
        assertThat(second.coincidesWith(first, k, d)).isEqualTo(same);
        if (same) {
            assertThat(first.parameters(k, d)).isEqualTo(second.parameters(k, d));
        }
    }

    @Test
    void namesTheKnownOnes() {
        assertThatThrownBy(() -> CovarianceStructure.of("round"))
                .hasMessage(
                        "unknown covariance type \"round\"; known are full or VVV, tied or EEE, diag or VVI, spherical or"
                                + " VII, tied_diag or EEI, tied_spherical or EII, VEI, EVI, VEE, EVE, VVE, EEV, VEV, EVV");
    }
}
