package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mixtura.io.MixtureFile;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.GaussianMixture;

/** The fourteen structures, equal weights and frozen parameters from the command line. */
class StructuresTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void writeData() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[90][2];
        int[] labels = new int[90];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = i % 3;
            rows[i][0] = 6 * labels[i] + random.nextGaussian();
            rows[i][1] = rows[i][0] / 2 + (1 + labels[i]) * random.nextGaussian();
        }
        data = Mixtura.table(folder, "data.csv", rows, "class", labels);
    }

    private List<String> candidates(String options) {
        JsonValue json = Mixtura.run("fit --format json --exclude class --search none " + options, data)
                .json();
        return json.get("selection").elements().stream()
                .map(choice -> (int) choice.get("components").number() + " "
                        + choice.get("covariance_type").text())
                .toList();
    }

    @Test
    void allAreFourteenAndTheSameOnceOnly() {
        List<String> names = candidates("--covariance all --components 1,2");
        assertThat(names).hasSize(3 + 14).doesNotHaveDuplicates();
        assertThat(names.stream().filter(name -> name.startsWith("1 ")))
                .containsExactly("1 full", "1 diag", "1 spherical");
        assertThat(names).contains("2 VEV", "2 EVE", "2 tied");
    }

    @Test
    void oneColumnHasTwo() {
        assertThat(candidates("--columns x0 --covariance all --components 1,2"))
                .containsExactly("1 full", "2 full", "2 tied");
    }

    @ParameterizedTest
    @CsvSource({"eev, EEV", "VVI, diag", "EEE, tied", "Vei, VEI"})
    void aModelKeepsTheName(String asked, String label) {
        Path file = folder.resolve("model.json");
        Mixtura.run("fit --exclude class --components 3 --covariance " + asked + " --model", file, data)
                .out();
        CovarianceStructure structure = CovarianceStructure.of(label);
        assertThat(MixtureFile.load(file).mixture().structure()).isEqualTo(structure);
        assertThat(Mixtura.run("show", file).out())
                .contains(label + " covariance", structure.parameters(3, 2) + " free parameters");
        assertThat(Mixtura.run("score --what energy --out", folder.resolve("scored.csv"), file, data)
                        .out())
                .contains("90 rows");
    }

    @Test
    void weightsMayBeEqualOrFrozen() {
        Path file = folder.resolve("model.json");
        Mixtura.run("fit --exclude class --components 3 --equal-weights --covariance EVE --model", file, data)
                .out();
        GaussianMixture equal = MixtureFile.load(file).mixture();
        assertThat(equal.weights()).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
        assertThat(MixtureFile.load(file).provenance()).containsEntry("weights", "equal");
        Path second = folder.resolve("second.json");
        Mixtura.run(
                        "fit --exclude class --freeze weights,means --covariance full --init",
                        file,
                        data,
                        "--model",
                        second)
                .out();
        GaussianMixture frozen = MixtureFile.load(second).mixture();
        assertThat(frozen.weights()).containsExactly(equal.weights());
        assertThat(frozen.component(0).covariance())
                .isNotEqualTo(equal.component(0).covariance());
        assertThat(MixtureFile.load(second).provenance()).containsEntry("frozen", "weights, means");
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        assertThat(Mixtura.run("fit --covariance VIV", data).refusal(ExitCode.USAGE))
                .contains("--covariance is \"VIV\"", "known are full or VVV");
        assertThat(Mixtura.run("fit --freeze means", data).refusal(ExitCode.USAGE))
                .contains("--freeze leaves parameters as a model has them; name one with --init MODEL.json");
        assertThat(Mixtura.run("fit --freeze shapes", data).refusal(ExitCode.USAGE))
                .contains("--freeze is \"shapes\"; expected some of weights, means, covariances");
        assertThat(Mixtura.run("fit --method bayes --components 2 --covariance VEI", data)
                        .refusal(ExitCode.USAGE))
                .contains("--method bayes has no prior for --covariance VEI; take full, tied");
        assertThat(Mixtura.run("fit --method bayes --components 2 --equal-weights", data)
                        .refusal(ExitCode.USAGE))
                .contains("--equal-weights belongs to --method em");
        assertThat(Mixtura.run("fit --compat reference --components 2 --equal-weights", data)
                        .refusal(ExitCode.USAGE))
                .contains("--compat reference knows free parameters only; change --equal-weights");
    }

    @Test
    void mclustsPriorIsOneOfThePolicies() {
        JsonValue json = Mixtura.run(
                        "fit --format json --exclude class --components 3 --covariance tied --mclust-prior", data)
                .json();
        assertThat(json.get("options").get("regularization").text()).isEqualTo("mclust");
        assertThat(Mixtura.run("fit --mclust-prior --penalty 2", data).refusal(ExitCode.USAGE))
                .endsWith("--penalty and --mclust-prior exclude each other; give one of them");
        assertThat(Mixtura.run("fit --exclude class --components 2 --covariance VEE --mclust-prior", data)
                        .refusal(ExitCode.BAD_INPUT))
                .contains("mclust has no prior for VEE covariances");
        assertThat(Mixtura.run("fit --mclust-prior --compat reference --components 2", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--compat reference knows no regularization; leave --mclust-prior out");
    }
}
