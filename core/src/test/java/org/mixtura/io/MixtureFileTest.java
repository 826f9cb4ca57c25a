package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Examples;

class MixtureFileTest {
    private static final String FULL =
            "{\"format\":\"mixtura-model\",\"covariance_type\":\"full\",\"weights\":[0.25,0.75],"
                    + "\"means\":[[0,1],[2,3]],\"covariances\":[[[2,0.5],[0.5,1]],[[1,0],[0,1]]]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void keepsEveryBit(CovarianceStructure structure) {
        Fit<GaussianMixture> fit = Em.components(3)
                .covariance(structure)
                .restarts(1)
                .fit(Examples.iris().named(List.of("a", "b \"q\"", "ü", "")));
        Path file = folder.resolve("model.json");
        MixtureFile.of(fit).with("data", "iris").save(file);
        MixtureFile read = MixtureFile.load(file);
        assertThat(read.mixture()).isEqualTo(fit.model());
        assertThat(read.mixture().structure()).isEqualTo(structure);
        assertThat(read.provenance())
                .containsEntry("data", "iris")
                .containsEntry("covariance_type", structure.label())
                .containsEntry("rows", "150")
                .containsEntry("log_likelihood", Double.toString(fit.logLikelihood()))
                .containsKey("mixtura");
        assertThat(read.toJson())
                .isEqualTo(MixtureFile.of(fit).with("data", "iris").toJson());
    }

    @Test
    void keepsExtremeNumbers() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {1 / 3.0, 2 / 3.0},
                List.of(
                        Gaussian.of(new double[] {1e-300, -1.7e308}, Covariance.diagonal(Double.MIN_VALUE, 1e300)),
                        Gaussian.of(new double[] {Math.PI, 0.1}, Covariance.diagonal(1e-160, 0.3))));
        assertThat(MixtureFile.parse(MixtureFile.of(mixture).toJson(), "text").mixture())
                .isEqualTo(mixture);
    }

    @Test
    void loadsTheLeastFile() {
        GaussianMixture mixture = MixtureFile.parse(FULL, "text").mixture();
        assertThat(mixture.weights()).containsExactly(0.25, 0.75);
        assertThat(mixture.columns()).containsExactly("x0", "x1");
        assertThat(mixture.component(0).covariance()).isEqualTo(Covariance.full(new double[][] {{2, 0.5}, {0.5, 1}}));
    }

    @Test
    void loadsTheOtherShapes() {
        String start = "{\"format\":\"mixtura-model\",\"weights\":[0.25,0.75],\"means\":[[0,1],[2,3]],";
        assertThat(covariance(start + "\"covariance_type\":\"tied\",\"covariances\":[[2,0.5],[0.5,1]]}"))
                .isEqualTo(Covariance.full(new double[][] {{2, 0.5}, {0.5, 1}}));
        assertThat(covariance(start + "\"covariance_type\":\"diag\",\"covariances\":[[2,3],[4,5]]}"))
                .isEqualTo(Covariance.diagonal(4, 5));
        assertThat(covariance(start + "\"covariance_type\":\"spherical\",\"covariances\":[2,3]}"))
                .isEqualTo(Covariance.spherical(2, 3));
        assertThat(covariance(start + "\"covariance_type\":\"tied_diag\",\"covariances\":[2,3]}"))
                .isEqualTo(Covariance.diagonal(2, 3));
        assertThat(covariance(start + "\"covariance_type\":\"tied_spherical\",\"covariances\":2}"))
                .isEqualTo(Covariance.spherical(2, 2));
    }

    private static Covariance covariance(String json) {
        return MixtureFile.parse(json, "text").mixture().component(1).covariance();
    }

    @Test
    void loadsADumpFromPython() {
        String dump = FULL.replace("\"format\":\"mixtura-model\"", "\"type\":\"GaussianMixture\"")
                .replace("}", ",\"precisions_cholesky\":[]}");
        assertThat(MixtureFile.parse(dump, "text").mixture().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"mixtura-model\" | \"other\" | m: format is \"other\"; expected \"mixtura-model\"",
                "\"format\":\"mixtura-model\", | `` | m: has no \"format\"",
                "\"full\" | \"round\" | m: covariance_type is not known: unknown covariance type \"round\"; known are full"
                        + " or VVV, tied or EEE, diag or VVI, spherical or VII, tied_diag or EEI, tied_spherical or EII, VEI,"
                        + " EVI, VEE, EVE, VVE, EEV, VEV, EVV",
                "\"full\" | 7 | m: covariance_type is 7.0; expected text",
                "[0.25,0.75] | [0.25,0.7] | m: weights sum to 0.95; they must sum to 1 within 1.0E-9",
                "[0.25,0.75] | [-0.25,1.25] | m: weight of component 0 is -0.25; a weight is between 0 and 1",
                "[0.25,0.75] | [0.25,\"a\"] | m: weights[1] is \"a\"; expected a number",
                "[0.25,0.75] | [0.25,null] | m: weights[1] is null; expected a number",
                "[0.25,0.75] | [0.25,1e999] | m: weights[1] is too large for a double",
                "[0.25,0.75] | 1 | m: weights is 1.0; expected a list",
                "[0.25,0.75] | [1] | m: means has 2 rows; expected 1 (components × columns)",
                "[[0,1],[2,3]] | [[0,1],[2]] | m: means[1] has 1 values; expected 2 (components × columns)",
                "[[0,1],[2,3]] | [] | m: means is empty; expected one row per component",
                "[[0,1],[2,3]] | [[],[]] | m: means has rows without values",
                "[[1,0],[0,1]] | [[1,0]] | m: covariances[1] has 1 rows; expected 2 (columns × columns)",
                "[[1,0],[0,1]] | [[1,0],[2,1]] | m: covariances[1] is not valid: covariance is not symmetric: element (1, 0) is"
                        + " 2.0, element (0, 1) is 0.0",
                "[[1,0],[0,1]] | [[1,2],[2,1]] | m: covariances[1] is not valid: covariance is not positive definite (pivot 1"
                        + " is -3.0)",
                ",[[1,0],[0,1]] | `` | m: covariances has 1 entries; expected 2 (one per component)",
                "\"weights\" | \"columns\":[\"a\"],\"weights\" | m: columns has 1 names; expected 2 (the means' columns)",
                "\"weights\" | \"columns\":[\"a\",\"a\"],\"weights\" | m: column name \"a\" is given twice",
                "\"weights\" | \"version\":4,\"weights\" | m: version is 4.0; this program knows versions 1 to 3",
            })
    void saysWhatIsWrongWhere(String from, String to, String message) {
        String json = FULL.replace(from, to);
        assertThat(json).isNotEqualTo(FULL);
        assertThatThrownBy(() -> MixtureFile.parse(json, "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | m: is empty; expected a model in JSON",
                "[1,2] | m: expected an object, found a list",
                "{} {} | m: goes on after the end of the JSON value",
            })
    void refusesWhatIsNoModel(String json, String message) {
        assertThatThrownBy(() -> MixtureFile.parse(json, "m"))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String json : List.of("x,y\n1,2\n", "{\"a\":NaN}", FULL.substring(0, 80), "{\"a\":1,\"a\":2}", "\u0000")) {
            assertThatThrownBy(() -> MixtureFile.parse(json, "m"))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageMatching("m: is not JSON \\(line \\d+\\): .+");
        }
    }

    @Test
    void survivesAnyDamage() {
        // Every prefix and every single-character deletion of a good file is read as the same mixture or refused with a
        // message.
        for (int i = 0; i < FULL.length(); i++) {
            for (String damaged : List.of(FULL.substring(0, i), FULL.substring(0, i) + FULL.substring(i + 1))) {
                try {
                    assertThat(MixtureFile.parse(damaged, "m").mixture().dimension())
                            .isEqualTo(2);
                } catch (ModelFileException e) {
                    assertThat(e).hasMessageStartingWith("m: ");
                }
            }
        }
    }

    @Test
    void leavesNothingBehindWhenWritingFails() throws IOException {
        GaussianMixture mixture = MixtureFile.parse(FULL, "text").mixture();
        assertThatThrownBy(() -> MixtureFile.write(mixture, folder.resolve("missing/model.json")))
                .isInstanceOf(UncheckedIOException.class);
        Path old = folder.resolve("old.json");
        Files.writeString(old, "old");
        assertThatThrownBy(() -> WholeFile.write(old, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no space left");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space left");
        assertThat(Files.readString(old)).isEqualTo("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(old);
        }
        MixtureFile.write(mixture, old);
        assertThat(MixtureFile.read(old)).isEqualTo(mixture);
    }

    @Test
    void refusesAMissingOrBinaryFile() throws IOException {
        assertThatThrownBy(() -> MixtureFile.load(folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class);
        Path binary = folder.resolve("binary.json");
        byte[] bytes = new byte[64];
        Arrays.fill(bytes, (byte) 0xFF);
        Files.write(binary, bytes);
        assertThatThrownBy(() -> MixtureFile.load(binary))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(binary + ": is not text in UTF-8");
    }

    @Test
    void knowsItsVersion() {
        assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
