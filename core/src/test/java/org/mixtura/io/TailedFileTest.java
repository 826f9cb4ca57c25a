package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.testing.Generator;

class TailedFileTest {
    private static StudentMixture tailed(CovarianceStructure structure) {
        GaussianMixture gaussians = Generator.seeded(5).mixture(structure, 2, 3);
        return StudentMixture.of(gaussians, 1 / 3.0, 1e6).named(List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSameBitsBack(CovarianceStructure structure) {
        String json = MixtureFile.of(tailed(structure)).with("data", "x.csv").toJson();
        MixtureFile read = MixtureFile.parse(json, "m");
        assertThat(read.tailed()).contains(tailed(structure));
        assertThat(read.gaussians()).isEqualTo(tailed(structure).gaussians());
        assertThat(read.noisy()).isEmpty();
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(json).contains("\"version\" : 3");
    }

    @Test
    void isNoMixtureOfGaussiansAlone() {
        MixtureFile file = MixtureFile.of(tailed(CovarianceStructure.FULL));
        assertThatThrownBy(file::mixture)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "the model has tails, [0.3333333333333333, 1000000.0] degrees of freedom, for which this has no"
                                + " answer; fit without tails");
    }

    @Test
    void saysWhatIsWrongWithTheTails() {
        String json = MixtureFile.of(tailed(CovarianceStructure.FULL)).toJson();
        assertThatThrownBy(() -> MixtureFile.parse(json.replace("[ 0.3333333333333333, 1", "[ -0.3, 1"), "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("degrees_of_freedom")
                .hasMessageContaining("are not valid: degrees of freedom are -0.3")
                .hasMessageEndingWith("they are positive");
        assertThatThrownBy(() -> MixtureFile.parse(json.replace("[ 0.3333333333333333, 1", "[ 7, 0.3, 1"), "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("degrees_of_freedom");
        Box box = Box.of(new double[3], Generator.seeded(1).map(3));
        String noise = MixtureFile.of(
                        NoisyMixture.of(tailed(CovarianceStructure.FULL).gaussians(), 0.5, box))
                .toJson();
        assertThatThrownBy(() -> MixtureFile.parse(
                        noise.replace("\"noise\"", "\"degrees_of_freedom\" : [ 1, 2 ], \"noise\""), "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessage("m: has noise and tails; a model has one of them at most");
        StudentMixture limit =
                StudentMixture.of(tailed(CovarianceStructure.FULL).gaussians(), 1, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> MixtureFile.of(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degrees of freedom are Infinity, for which a model file has no number; keep a mixture of"
                        + " Gaussians, or give 1e6");
    }
}
