package org.mixtura.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mixtura.data.Rows;
import org.mixtura.fit.Em;
import org.mixtura.fit.Fit;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.report.contrast.Separation;

/** What a report warns of, refuses and promises. */
class ReportTest {
    @TempDir
    private Path folder;

    private static GaussianMixture mixture(double... means) {
        double[] weights = new double[means.length];
        Arrays.fill(weights, 1.0 / means.length);
        return GaussianMixture.of(
                weights,
                Arrays.stream(means)
                        .mapToObj(mean -> Gaussian.of(new double[] {mean}, Covariance.diagonal(1)))
                        .toList());
    }

    private static List<String> caveats(GaussianMixture mixture, double[] counts, Caveats.Emptiness emptiness) {
        return Caveats.of(mixture, counts, Separation.within(mixture), emptiness);
    }

    @Test
    void namesComponentsThatAreNearlyOne() {
        assertThat(caveats(mixture(0, 0.5, 9), new double[] {40, 40, 40}, Caveats.Emptiness.UNEXPECTED))
                .containsExactly("components 0 and 1 (0.50) are less than one standard deviation apart and may be one"
                        + " group; fewer components may say the same");
        assertThat(caveats(mixture(0, 4, 9), new double[] {40, 40, 40}, Caveats.Emptiness.UNEXPECTED))
                .isEmpty();
    }

    @Test
    void namesComponentsOfFewRows() {
        assertThat(caveats(mixture(0, 20, 40), new double[] {4, 3, 40}, Caveats.Emptiness.UNEXPECTED))
                .containsExactly(
                        "components 0 (4.0 rows), 1 (3.0 rows) rest on so few rows that their shapes say" + " little");
        assertThat(caveats(mixture(0, 20, 40), new double[] {40, 3, 40}, Caveats.Emptiness.UNEXPECTED))
                .containsExactly("component 1 (3.0 rows) rests on so few rows that its shape says little");
    }

    @Test
    void emptyComponentsAreACaveatOnlyWhereTheyAreNotMeantToBe() {
        double[] counts = {40, 0.2, 0};
        assertThat(caveats(mixture(0, 20, 20.1), counts, Caveats.Emptiness.INTENDED))
                .isEmpty();
        assertThat(caveats(mixture(0, 20, 20.1), counts, Caveats.Emptiness.UNEXPECTED))
                .containsExactly("2 components hold less than half a row; fewer components say the same");
    }

    @Test
    void warnsOfAFitThatDidNotConverge() {
        Rows rows = Fits.rows(200, 3, 2);
        Fit<GaussianMixture> fit = Em.components(4).maxIterations(1).restarts(1).fit(rows);
        assertThat(new FitStory(fit).warnings())
                .contains("not converged after 1 iterations; raise the limit of iterations or the tolerance");
    }

    @Test
    void theSameFitGivesTheSamePageForAnyNumberOfThreads() throws IOException {
        Rows rows = Fits.rows(30_000, 3, 2);
        Fit<GaussianMixture> fit = Em.components(3).restarts(1).fit(rows);
        Path one = folder.resolve("one.html");
        Path two = folder.resolve("two.html");
        Report.of(fit, rows).threads(1).write(one);
        Report.of(fit, rows).threads(4).write(two);
        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(Files.size(one)).isLessThan(3_000_000);
    }

    @Test
    void manyColumnsDoNotMakeAHugePage() throws IOException {
        Rows rows = Fits.rows(3000, 2, 200);
        Path file = folder.resolve("wide.html");
        Fits.fit(2, rows).write(file);
        assertThat(Files.size(file)).isLessThan(5_000_000);
    }

    @Test
    void aFailureLeavesNoFile() throws IOException {
        double[][] values = {{1, 2}, {2, 1}, {3, 5}, {4, 4}};
        Rows rows = Rows.of(values);
        Fit<GaussianMixture> fit = Em.components(1).fit(rows);
        values[2][1] = Double.NaN;
        Path file = folder.resolve("report.html");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(fit, Rows.of(values)).write(file))
                .withMessageContaining("row 2, column \"x1\" is NaN");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesOtherRows() {
        Rows rows = Fits.rows(50, 2, 2);
        Fit<GaussianMixture> fit = Em.components(1).fit(rows);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(fit, Fits.rows(50, 2, 3)))
                .withMessage("rows of 3 columns for a report of a mixture of 2 columns; give the rows that it was"
                        + " fitted to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(fit, rows).threads(0))
                .withMessage("threads is 0; at least 1 must work");
    }
}
