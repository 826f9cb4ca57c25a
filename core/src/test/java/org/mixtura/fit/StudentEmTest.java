package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.StudentMixture;
import org.mixtura.mixture.StudentT;
import org.mixtura.testing.ComputedRows;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;

class StudentEmTest {
    /** Rows of a mixture with tails. */
    private static double[][] heavy(long seed, int n, int d, double... freedom) {
        Generator generator = Generator.seeded(seed);
        GaussianMixture gaussians = generator.mixture(CovarianceStructure.FULL, freedom.length, d);
        return StudentMixture.of(gaussians, freedom)
                .sample(n, generator.random())
                .toRows();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Tails.estimated(), Tails.common(), Tails.fixed(3))
                .flatMap(tails ->
                        Stream.of(1, 3).flatMap(k -> Stream.of(0.0, 0.3).map(holes -> Arguments.of(tails, k, holes))));
    }

    /** Twelve iterations with weights, a penalty, and holes or none. */
    @ParameterizedTest
    @MethodSource("cases")
    void takesTheStepsOfATextbook(Tails tails, int k, double holes) {
        int d = 3;
        double[][] values = Holes.in(heavy(k, 300, d, 2, 6, 20), holes, 5);
        double[] weights = Generator.seeded(8).rowWeights(300);
        Rows whole = Rows.of(values).weighted(weights);
        Rows rows = holes > 0 ? whole.withGaps() : whole;
        GaussianMixture start = Generator.seeded(9).mixture(CovarianceStructure.FULL, k, d);
        Fit<StudentMixture> fit = Em.components(k)
                .initialization(Initialization.model(start))
                .tolerance(0)
                .maxIterations(12)
                .withTails(tails)
                .fit(rows);
        RowSummary summary = RowSummary.of(rows, 1);
        double[][] pseudo = Packed.toSymmetricRows(Regularization.penalty(1).pseudoScatter(summary, k), d);
        TextbookStudent textbook = new TextbookStudent(start, tails.first(k), values, weights, pseudo, 1);
        for (int i = 0; i < 12; i++) {
            assertClose(fit.history()[i] * fit.totalWeight(), textbook.step(tails), 1e-10, "objective");
        }
        assertClose(fit.model().weights(), textbook.weights, 1e-9, "weights");
        assertClose(fit.model().degreesOfFreedom(), textbook.freedom, 1e-9, "degrees of freedom");
        for (int c = 0; c < k; c++) {
            StudentT component = fit.model().component(c);
            assertClose(component.location(), textbook.means[c], 1e-9, "location");
            assertClose(component.scale().toMatrix(), textbook.scales[c], 1e-9);
        }
    }

    /** cov.trob of R 4.2.2's MASS 7.3-58.2 with tol = 1e-14. */
    @Test
    void isTheRobustCovarianceOfR() {
        StudentT faithful = one(Examples.faithful(), 5);
        assertClose(faithful.location(), new double[] {3.5854140651646285, 71.8861004289464}, 1e-10);
        double[][] scale = {{1.190755536222939, 12.75179639350463}, {12.75179639350463, 164.38013549969182}};
        assertClose(faithful.scale().toMatrix(), scale, 1e-10);
        StudentT iris = one(Examples.iris(), 3);
        double[] location = {5.7559745057454546, 3.0464227859371227, 3.6000174340380537, 1.1272030650170477};
        assertClose(iris.location(), location, 1e-10);
        assertClose(
                iris.scale().toMatrix(),
                new double[][] {
                    {0.5710365821771185, -0.06655040936821881, 1.1277330700814185, 0.4642818366976502},
                    {-0.06655040936821881, 0.14869993312411164, -0.3300893676807585, -0.12492851625140985},
                    {1.1277330700814185, -0.3300893676807585, 2.832882578676226, 1.1849937327023043},
                    {0.4642818366976502, -0.12492851625140985, 1.1849937327023043, 0.5236263560389883}
                },
                1e-10);
    }

    private static StudentT one(Rows rows, double freedom) {
        return Em.components(1)
                .regularization(Regularization.none())
                .search(Search.NONE)
                .tolerance(0)
                .maxIterations(120)
                .withTails(Tails.fixed(freedom))
                .fit(rows)
                .model()
                .component(0);
    }

    @ParameterizedTest
    @EnumSource
    void goesToTheGaussianFitAsTailsVanish(CovarianceStructure structure) {
        Rows rows = Examples.iris();
        Em em = Em.components(3)
                .covariance(structure)
                .initialization(Initialization.labels(
                        IntStream.range(0, 150).map(i -> i / 50).toArray()))
                .tolerance(0)
                .maxIterations(25);
        Fit<GaussianMixture> gaussian = em.fit(rows);
        Fit<StudentMixture> student = em.withTails(Tails.fixed(1e8)).fit(rows);
        assertClose(student.logLikelihood(), gaussian.logLikelihood(), 1e-6, "log-likelihood");
        assertClose(student.model().weights(), gaussian.model().weights(), 1e-6);
        for (int k = 0; k < 3; k++) {
            Gaussian expected = gaussian.model().component(k);
            assertClose(student.model().component(k).location(), expected.mean(), 1e-6);
            assertClose(
                    student.model().component(k).scale().toMatrix(),
                    expected.covariance().toMatrix().toRows(),
                    1e-6);
        }
    }

    /** The loop would throw at a step down; here each structure climbs to a point where its steps end. */
    @ParameterizedTest
    @EnumSource
    void climbsInEveryStructure(CovarianceStructure structure) {
        Rows rows = Rows.of(heavy(3, 400, 3, 2, 5, 30));
        StudentEm em = Em.components(3)
                .covariance(structure)
                .search(Search.NONE)
                .restarts(2)
                .maxIterations(60)
                .seed(4)
                .withTails(Tails.estimated());
        Fit<StudentMixture> fit = em.fit(rows);
        double[] objectives = fit.history();
        for (int i = 1; i < objectives.length; i++) {
            assertThat(objectives[i]).isGreaterThanOrEqualTo(objectives[i - 1] - 1e-12);
        }
        assertThat(fit.freeParameters()).isEqualTo(structure.parameters(3, 3) + 3);
        assertThat(fit.model().gaussians().structure()).isEqualTo(structure);
        assertClose(fit.model().logLikelihood(rows), fit.logLikelihood(), 1e-10, "log-likelihood");
        double gaussian =
                Em.components(3).covariance(structure).seed(4).fit(rows).logLikelihood();
        assertThat(fit.logLikelihood()).isGreaterThan(gaussian + 20);
    }

    @Test
    void findsTheDegreesOfFreedom() {
        Rows rows = Rows.of(heavy(6, 20_000, 2, 3, 12));
        Fit<StudentMixture> fit =
                Em.components(2).seed(1).withTails(Tails.estimated()).fit(rows);
        double[] freedom = fit.model().degreesOfFreedom();
        Arrays.sort(freedom);
        assertThat(freedom[0]).isBetween(2.7, 3.3);
        assertThat(freedom[1]).isBetween(9.0, 17.0);
        Fit<StudentMixture> common =
                Em.components(2).seed(1).withTails(Tails.common()).fit(rows);
        assertThat(common.model().degreesOfFreedom()[0])
                .isEqualTo(common.model().degreesOfFreedom()[1])
                .isBetween(freedom[0], freedom[1]);
        assertThat(common.freeParameters()).isEqualTo(11 + 1);
        assertThat(common.logLikelihood()).isLessThan(fit.logLikelihood());
        assertThat(common.options()).containsEntry("tails", "common");
    }

    @Test
    void isNearlyTheGaussianFitWhereThereAreNoTails() {
        Rows rows = Rows.of(Examples.clusters(4, 900, 2, 3, 25));
        Em em = Em.components(3).seed(3).tolerance(1e-9);
        Fit<StudentMixture> student = em.withTails(Tails.estimated()).fit(rows);
        Fit<GaussianMixture> gaussian = em.fit(rows);
        assertThat(student.logLikelihood() - gaussian.logLikelihood()).isBetween(-0.1, 3.0);
        assertThat(student.bic()).isGreaterThan(gaussian.bic());
        assertThat(student.model().labels(rows)).isEqualTo(gaussian.model().labels(rows));
    }

    @Test
    void followsShiftsAndScales() {
        double[][] values = heavy(5, 800, 3, 2, 4, 8);
        double[] scale = {1e8, 1e-8, 1e100};
        double[] shift = {1e12, 0, 0};
        double[][] moved = Arrays.stream(values)
                .map(row -> IntStream.range(0, 3)
                        .mapToDouble(j -> row[j] * scale[j] + shift[j])
                        .toArray())
                .toArray(double[][]::new);
        StudentEm em = Em.components(3).seed(2).withTails(Tails.estimated());
        StudentMixture here = em.fit(Rows.of(values)).model();
        StudentMixture there = em.fit(Rows.of(moved)).model();
        assertThat(there.labels(Rows.of(moved))).isEqualTo(here.labels(Rows.of(values)));
        assertClose(there.degreesOfFreedom(), here.degreesOfFreedom(), 1e-3, "degrees of freedom");
    }

    @Test
    void takesAWeightForRepeatedRows() {
        double[][] values = heavy(6, 200, 2, 2, 6);
        double[] weights = IntStream.range(0, 200).mapToDouble(i -> i % 3).toArray();
        double[][] repeated = IntStream.range(0, 200)
                .boxed()
                .flatMap(i -> Collections.nCopies(i % 3, values[i]).stream())
                .toArray(double[][]::new);
        StudentEm em = Em.components(2)
                .initialization(Initialization.model(Generator.seeded(6).mixture(CovarianceStructure.FULL, 2, 2)))
                .tolerance(0)
                .maxIterations(30)
                .withTails(Tails.common());
        Fit<StudentMixture> weighted = em.fit(Rows.of(values).weighted(weights));
        Fit<StudentMixture> counted = em.fit(Rows.of(repeated));
        assertClose(weighted.logLikelihood(), counted.logLikelihood(), 1e-10, "log-likelihood");
        assertClose(weighted.model().degreesOfFreedom(), counted.model().degreesOfFreedom(), 1e-9);
    }

    @Test
    void givesTheSameBitsForAnyThreadsAndFromStreams() {
        double[][] values = Holes.in(heavy(7, 9000, 3, 2, 5, 9), 0.05, 3);
        Rows rows = Rows.of(values).withGaps();
        Em em = Em.components(3).restarts(2).maxIterations(10).seed(5);
        StudentMixture one =
                em.threads(1).withTails(Tails.estimated()).fit(rows).model();
        assertThat(em.threads(3).withTails(Tails.estimated()).fit(rows).model()).isEqualTo(one);
        Rows streamed = new ComputedRows(9000, 3, i -> values[(int) i]).withGaps();
        assertThat(em.threads(2)
                        .withTails(Tails.estimated())
                        .fit(streamed)
                        .model()
                        .gaussians())
                .isEqualTo(one.gaussians().named(List.of("c0", "c1", "c2")));
    }

    @Test
    void leavesWhatIsFrozen() {
        double[][] values = heavy(8, 500, 2, 3, 3);
        GaussianMixture start = Generator.seeded(8).mixture(CovarianceStructure.FULL, 2, 2);
        Em em = Em.components(2).initialization(Initialization.model(start)).maxIterations(40);
        for (Parameter parameter : Parameter.values()) {
            Fit<StudentMixture> fit =
                    em.frozen(parameter).withTails(Tails.estimated()).fit(Rows.of(values));
            GaussianMixture model = fit.model().gaussians();
            for (int k = 0; k < 2; k++) {
                switch (parameter) {
                    case WEIGHTS -> assertClose(model.weight(k), start.weight(k), 1e-15);
                    case MEANS ->
                        assertClose(
                                model.component(k).mean(), start.component(k).mean(), 1e-12);
                    case COVARIANCES ->
                        assertThat(model.component(k).covariance())
                                .isEqualTo(start.component(k).covariance());
                }
            }
            assertThat(fit.options()).containsEntry("tails", "estimated");
            assertThat(fit.model().degreesOfFreedom()[0]).isNotEqualTo(4);
        }
        Fit<StudentMixture> equal =
                em.proportions(Proportions.EQUAL).withTails(Tails.fixed(7)).fit(Rows.of(values));
        assertThat(equal.model().weights()).containsExactly(0.5, 0.5);
        assertThat(equal.freeParameters()).isEqualTo(10);
        assertThat(equal.options()).containsEntry("tails", "7.0");
    }

    @Test
    void choosesTheNumberOfComponents() {
        Rows rows = Rows.of(heavy(12, 1500, 2, 3, 3));
        List<Em> candidates = IntStream.rangeClosed(1, 4)
                .mapToObj(k -> Em.components(k).seed(1))
                .toList();
        Selection<StudentMixture> selection = Selection.withTails(candidates, Tails.common(), Criterion.BIC, rows);
        assertThat(selection.best().model().size()).isEqualTo(2);
        assertThat(Selection.of(candidates, Criterion.BIC, rows).best().model().size())
                .isGreaterThan(2);
    }

    @Test
    void solvesTheEquationOfTheDegreesOfFreedom() {
        for (double freedom : new double[] {0.51, 1, 4, 37.5, 1e3, 9e5}) {
            double value = Math.log(freedom / 2) - org.apache.commons.numbers.gamma.Digamma.value(freedom / 2);
            assertThat(Tails.maximising(value) / freedom).isCloseTo(1, within(1e-13 * Math.max(10, freedom)));
        }
        assertThat(Tails.maximising(0)).isEqualTo(Tails.MOST);
        assertThat(Tails.maximising(-1e-3)).isEqualTo(Tails.MOST);
        assertThat(Tails.maximising(50)).isEqualTo(Tails.LEAST);
    }

    /** In two columns P(q ≤ s) = 1 − (1 + s/ν)^{−ν/2}, so that E (d ln p / d(1/ν))² is an integral over probabilities. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 7, 60, 900, 2000})
    void knowsWhatARowTellsOfTheDegreesOfFreedom(double freedom) {
        int points = 200_000;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double q = freedom * Math.expm1(-2 / freedom * Math.log((i + 0.5) / points));
            // ln p = −ln 2π − (ν/2 + 1) ln(1 + q/ν)
            double derivative = -Math.log1p(q / freedom) / 2 + (freedom / 2 + 1) * q / (freedom * (freedom + q));
            sum += Math.pow(freedom * freedom * derivative, 2) / points;
        }
        assertThat(Tails.information(freedom, 2) / sum).isCloseTo(1, within(1e-2));
    }

    @Test
    void whoHasNoRowsHasNoSayInATail() {
        Partition.Share some = new Partition.Share(2, new double[1], new double[] {1}, -0.5);
        Partition.Share more = new Partition.Share(6, new double[1], new double[] {1}, -0.1);
        Partition.Share none = new Partition.Share(0, new double[1], new double[1]);
        assertThat(some.and(more).tail()).isCloseTo(-0.2, within(1e-15));
        assertThat(some.and(none).tail()).isEqualTo(-0.5);
        assertThat(none.and(some).tail()).isEqualTo(-0.5);
    }

    /** Without rows to tell of tails the objective is highest where there are none: at the limit, which a search reaches. */
    @Test
    void reachesTheLimit() {
        Fit<StudentMixture> student =
                Em.components(2).seed(7).withTails(Tails.common()).fit(Examples.faithful());
        Fit<GaussianMixture> gaussian = Em.components(2).seed(7).fit(Examples.faithful());
        assertThat(student.model().degreesOfFreedom()).containsExactly(Tails.MOST, Tails.MOST);
        assertThat(student.objective()).isCloseTo(gaussian.objective(), within(2e-6));
    }

    /** Adjusted Rand index of the rows that are no junk; a merge of junk into a tail is what finds the clusters. */
    @ParameterizedTest
    @CsvSource({"0, 4", "2, 4", "4, 4", "1, 6"})
    void holdsClustersTogetherAmongJunk(long seed, int k) {
        NoisyEmTest.Junk junk = NoisyEmTest.Junk.of(seed, 2000, k, 4, 0.15);
        Rows rows = Rows.of(junk.rows());
        Em em = Em.components(k).seed(seed);
        StudentMixture student = em.withTails(Tails.estimated()).fit(rows).model();
        double withTails = junk.adjustedRandIndex(student.labels(rows), k);
        assertThat(withTails).isGreaterThan(0.97);
        assertThat(junk.adjustedRandIndex(em.fit(rows).model().labels(rows), k)).isLessThan(0.85);
    }

    @Test
    @Tag("study")
    void isComparedWithNoiseAndGaussiansAmongJunk() {
        for (double share : new double[] {0, 0.05, 0.15}) {
            double[] sums = new double[4];
            for (long seed = 0; seed < 10; seed++) {
                NoisyEmTest.Junk junk = NoisyEmTest.Junk.of(seed, 2000, 4, 4, share);
                Rows rows = Rows.of(junk.rows());
                Em em = Em.components(4).seed(seed);
                sums[0] += junk.adjustedRandIndex(em.fit(rows).model().labels(rows), 4);
                StudentMixture each = em.withTails(Tails.estimated()).fit(rows).model();
                sums[1] += junk.adjustedRandIndex(each.labels(rows), 4);
                StudentMixture common = em.withTails(Tails.common()).fit(rows).model();
                sums[2] += junk.adjustedRandIndex(common.labels(rows), 4);
                sums[3] +=
                        junk.adjustedRandIndex(em.withNoise().fit(rows).model().labels(rows), 4);
            }
            System.out.printf(
                    "junk %.2f: ARI Gaussian %.3f, tails estimated %.3f, common %.3f, noise %.3f%n",
                    share, sums[0] / 10, sums[1] / 10, sums[2] / 10, sums[3] / 10);
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Tails.fixed(0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degrees of freedom are 0.1; they are finite and at least 0.5 (without tails components are"
                        + " Gaussian)");
        assertThatThrownBy(() -> Tails.fixed(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Em.components(2)
                        .frozen(Parameter.MEANS)
                        .withTails(Tails.common())
                        .fit(Examples.iris()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("start from a model");
        assertThatThrownBy(() -> Selection.withTails(List.of(), Tails.common(), Criterion.BIC, Examples.iris()))
                .hasMessage("no candidates to choose from");
    }
}
