package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.mixture.Box;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.testing.Generator;

class NoisyFileTest {
    private static NoisyMixture noisy(CovarianceStructure structure) {
        Generator generator = Generator.seeded(5);
        Box box = Box.of(generator.vector(3), generator.map(3));
        return NoisyMixture.of(generator.mixture(structure, 2, 3), 1 / 3.0, box).named(List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSameBitsBack(CovarianceStructure structure) {
        String json = MixtureFile.of(noisy(structure)).with("data", "x.csv").toJson();
        MixtureFile read = MixtureFile.parse(json, "m");
        assertThat(read.noisy()).contains(noisy(structure));
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(json).contains("\"version\" : 2");
    }

    @Test
    void isNoMixtureOfGaussiansAlone() {
        MixtureFile file = MixtureFile.of(noisy(CovarianceStructure.FULL));
        assertThatThrownBy(file::mixture)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "the model has noise, a share of 0.3333333333333333 of the rows, for which this has no answer; fit"
                                + " without noise");
        assertThat(MixtureFile.of(noisy(CovarianceStructure.FULL).gaussians()).noisy())
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheNoise() {
        String json = MixtureFile.of(noisy(CovarianceStructure.FULL)).toJson();
        assertThatThrownBy(() -> MixtureFile.parse(json.replace("\"share\" : 0.3", "\"share\" : 1.3"), "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("noise is not valid: the share of the noise is 1.3")
                .hasMessageEndingWith("it is from 0 to less than 1");
        assertThatThrownBy(() -> MixtureFile.parse(json.replace("\"corner\" : [ ", "\"corner\" : [ 1, "), "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("corner");
    }
}
