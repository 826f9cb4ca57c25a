package org.mixtura.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mixtura.data.Matrix;
import org.mixtura.data.Rows;
import org.mixtura.testing.Golden;

/** The reference program in double precision: every output of every case, to 1e-10 relative to max(1, |value|). */
class EnergyGoldenTest {
    private static final double TOLERANCE = 1e-10;

    static List<Golden> cases() {
        return Golden.read("energy/energy.json").get("cases").elements();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parametersAgree(Golden golden) {
        Golden output = golden.get("output");
        SoftGaussians gaussians = gaussians(golden);
        double[][][] covariances = output.get("cov").matrices();
        double[][][] factors = output.get("L").matrices();
        agree(gaussians.weights(), output.get("phi").vector());
        agree(gaussians.means().toRowMajor(), Matrix.of(output.get("mu").matrix()));
        for (int k = 0; k < gaussians.size(); k++) {
            agree(gaussians.covariance(k).toRowMajor(), Matrix.of(covariances[k]));
            agree(gaussians.factor(k).toRowMajor(), Matrix.of(factors[k]));
        }
        agree(gaussians.logDeterminants(), output.get("log_det_cov").vector());
        agree(gaussians.inverseVariances(), output.get("cov_diag").number());
        assertThat(gaussians.flatDirections().isEmpty())
                .isEqualTo(Double.isFinite(output.get("cov_diag").number()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void energiesAgree(Golden golden) {
        energiesAgree(golden, gaussians(golden).energy());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void energiesUnderGivenParametersAgree(Golden golden) {
        Golden output = golden.get("output");
        List<Matrix> covariances = IntStream.range(0, output.get("cov").size())
                .mapToObj(k -> Matrix.of(output.get("cov").get(k).matrix()))
                .toList();
        SoftGaussians gaussians = SoftGaussians.of(
                output.get("phi").vector(),
                Matrix.of(output.get("mu").matrix()),
                covariances,
                Ridge.absolute(golden.get("input").get("eps").number()));
        energiesAgree(golden, gaussians.energy());
    }

    private static void energiesAgree(Golden golden, Energy energy) {
        Golden output = golden.get("output");
        Rows points = Rows.of(golden.get("input").get("z").matrix());
        Rows others = Rows.of(golden.get("input").get("z_new").matrix());
        agree(energy.scores(points), output.get("energy").vector());
        agree(energy.mean(points), output.get("mean_energy").number());
        agree(energy.scores(others), output.get("energy_z_new").vector());
        agree(energy.mean(others), output.get("mean_energy_z_new").number());
    }

    private static SoftGaussians gaussians(Golden golden) {
        Golden input = golden.get("input");
        SoftAssignment assignment = SoftAssignment.of(
                Rows.of(input.get("z").matrix()), Rows.of(input.get("gamma").matrix()));
        boolean normalised = !golden.toString().startsWith("gamma_not_normalised");
        return (normalised ? assignment : assignment.checks(SoftAssignment.Checks.LENIENT))
                .ridge(Ridge.absolute(input.get("eps").number()))
                .gaussians();
    }

    private static void agree(double[] actual, Matrix expected) {
        agree(actual, expected.toRowMajor());
    }

    private static void agree(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            agree(actual[i], expected[i]);
        }
    }

    private static void agree(double actual, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
        }
    }
}
