package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mixtura.testing.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.RowSummary;
import org.mixtura.linalg.Packed;
import org.mixtura.mixture.Covariance;
import org.mixtura.mixture.CovarianceStructure;
import org.mixtura.mixture.Gaussian;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.mixture.NoisyMixture;
import org.mixtura.testing.Examples;
import org.mixtura.testing.Generator;
import org.mixtura.testing.Holes;
import org.mixtura.testing.TextbookMixture;

/** Fits whose rows carry partial labels, against EM written out, closed forms and laws. */
class PartialLabelsEmTest {
    private static final String[] SPECIES = {"setosa", "versicolor", "virginica"};

    /** The labels of iris: text for each row. */
    private static String[] truth() {
        return IntStream.range(0, 150).mapToObj(i -> SPECIES[i / 50]).toArray(String[]::new);
    }

    /** Labels of all kinds on some of the rows, all of them true. */
    private static String[] mixed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] texts = truth();
        for (int i = 0; i < texts.length; i++) {
            String other = SPECIES[(i / 50 + 1 + random.nextInt(2)) % 3];
            double p = 0.5 + 0.5 * random.nextDouble();
            texts[i] = switch (random.nextInt(6)) {
                case 0 -> texts[i];
                case 1 -> texts[i] + "|" + other;
                case 2 -> "!" + other;
                case 3 -> texts[i] + ":" + p + "|" + other + ":" + (1 - p);
                default -> "";
            };
        }
        return texts;
    }

    private static PartialLabels labels(String[] texts) {
        return PartialLabels.of(Arrays.stream(texts).map(PartialLabel::parse).toList());
    }

    /** The factor of component k by the meaning of the label's text. */
    private static double factor(String text, int k) {
        String name = k < SPECIES.length ? SPECIES[k] : "?";
        if (text.isEmpty()) {
            return 1;
        }
        if (text.startsWith("!")) {
            return Arrays.asList(text.substring(1).split("\\|", -1)).contains(name) ? 0 : 1;
        }
        for (String part : text.split("\\|", -1)) {
            String[] words = part.split(":", -1);
            if (words[0].equals(name)) {
                return words.length > 1 ? Double.parseDouble(words[1]) : 1;
            }
        }
        return 0;
    }

    /** K Gaussians in a row of means, and the share of noise and its density if there is any. */
    private static GaussianMixture start(double[][] rows, int k) {
        int d = rows[0].length;
        List<Gaussian> components = new ArrayList<>();
        for (int c = 0; c < k; c++) {
            double[] mean = new double[d];
            double[] variances = new double[d];
            for (int j = 0; j < d; j++) {
                int column = j;
                double average = Arrays.stream(rows)
                        .mapToDouble(row -> row[column])
                        .average()
                        .orElseThrow();
                variances[j] = Arrays.stream(rows)
                        .mapToDouble(row -> (row[column] - average) * (row[column] - average))
                        .average()
                        .orElseThrow();
                mean[j] = average + (c - (k - 1) / 2.0) * Math.sqrt(variances[j]) / 2;
            }
            components.add(Gaussian.of(
                    mean, Covariance.full(Covariance.diagonal(variances).toMatrix())));
        }
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        return GaussianMixture.of(weights, components);
    }

    /** What one iteration of EM with labels comes to, in textbook form. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(GaussianMixture mixture, double noise, double logLikelihood) {}

    /** One iteration: r_k ∝ l_k π_k N_k, then weighted means and covariances, with a pseudo-rows of scatter aΛ, packed. */
    private static Step step(
            GaussianMixture mixture,
            double noise,
            double noiseDensity,
            double[][] rows,
            double[] weights,
            String[] texts,
            double a,
            double[] scatter) {
        int k = mixture.size();
        int d = rows[0].length;
        TextbookMixture textbook = TextbookMixture.of(mixture);
        double[][] r = new double[rows.length][];
        double[] counts = new double[k + 1];
        double likelihood = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] scores = Arrays.copyOf(textbook.scores(rows[i]), k + 1);
            for (int c = 0; c < k; c++) {
                scores[c] += Math.log(factor(texts[i], c)) + Math.log1p(-noise);
            }
            // A list of classes rules noise out; an exclusion does not.
            scores[k] = Math.log(noise * noiseDensity * factor(texts[i], SPECIES.length));
            r[i] = TextbookMixture.shares(scores);
            likelihood += weights[i] * TextbookMixture.logSumExp(scores);
            for (int c = 0; c <= k; c++) {
                counts[c] += weights[i] * r[i][c];
            }
        }
        double total = Arrays.stream(counts).sum();
        double clusters = total - counts[k];
        List<Gaussian> components = new ArrayList<>();
        double[] shares = new double[k];
        for (int c = 0; c < k; c++) {
            shares[c] = counts[c] / clusters;
            double[] mean = new double[d];
            double[][] covariance = new double[d][d];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < d; j++) {
                    mean[j] += weights[i] * r[i][c] / counts[c] * rows[i][j];
                }
            }
            for (int p = 0; p < d; p++) {
                for (int q = 0; q < d; q++) {
                    double sum = Packed.get(scatter, p, q);
                    for (int i = 0; i < rows.length; i++) {
                        sum += weights[i] * r[i][c] * (rows[i][p] - mean[p]) * (rows[i][q] - mean[q]);
                    }
                    covariance[p][q] = sum / (counts[c] + a);
                }
            }
            components.add(Gaussian.of(mean, Covariance.full(covariance)));
        }
        return new Step(GaussianMixture.of(shares, components), counts[k] / total, likelihood);
    }

    private static void assertSame(GaussianMixture actual, GaussianMixture expected, double tolerance) {
        assertClose(actual.weights(), expected.weights(), tolerance, "weights");
        for (int k = 0; k < expected.size(); k++) {
            assertClose(actual.component(k).mean(), expected.component(k).mean(), tolerance, "mean");
            assertClose(
                    actual.component(k).covariance().lowerTriangle(),
                    expected.component(k).covariance().lowerTriangle(),
                    tolerance,
                    "covariance");
        }
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void climbsAsEmWrittenOutDoes(int k) {
        double[][] rows = Examples.values("iris", 4);
        for (long seed = 0; seed < 4; seed++) {
            String[] texts = mixed(seed);
            boolean penalised = seed % 2 == 0;
            Regularization policy = penalised ? Regularization.penalty(1) : Regularization.none();
            double[] weights = seed < 2 ? ones(150) : Generator.seeded(seed).rowWeights(150);
            Rows weighted = Rows.of(rows).weighted(weights);
            double[] scatter = policy.pseudoScatter(RowSummary.of(weighted, 1), k);
            GaussianMixture start = start(rows, k);
            Fit<GaussianMixture> fit = Em.components(k)
                    .regularization(policy)
                    .initialization(Initialization.model(start))
                    .partialLabels(labels(texts))
                    .tolerance(0)
                    .maxIterations(12)
                    .fit(weighted);
            Step naive = new Step(start, 0, 0);
            for (int i = 0; i < 12; i++) {
                naive = step(naive.mixture, 0, 0, rows, weights, texts, penalised ? 1 : 0, scatter);
            }
            assertSame(fit.model(), naive.mixture, 1e-9);
            Step after = step(naive.mixture, 0, 0, rows, weights, texts, penalised ? 1 : 0, scatter);
            assertClose(fit.logLikelihood(), after.logLikelihood, 1e-10, "log-likelihood");
            assertThat(fit.options()).containsEntry("classes", "setosa|versicolor|virginica");
        }
    }

    @Test
    void climbsAmongNoiseAsEmWrittenOutDoes() {
        double[][] rows = Arrays.copyOf(Examples.values("iris", 4), 160);
        String[] texts = Arrays.copyOf(mixed(5), 160);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 150; i < 160; i++) {
            rows[i] = random.doubles(4, -5, 15).toArray();
            texts[i] = i % 2 == 0 ? "" : "!setosa";
        }
        int iterations = 12;
        Em em = Em.components(3)
                .regularization(Regularization.none())
                .initialization(Initialization.model(start(rows, 3)))
                .partialLabels(labels(texts))
                .tolerance(0);
        Fit<NoisyMixture> fit = em.maxIterations(iterations).withNoise().fit(Rows.of(rows));
        NoisyMixture first = em.maxIterations(0).withNoise().fit(Rows.of(rows)).model();
        double density = Math.exp(-first.box().logVolume());
        Step naive = new Step(first.gaussians(), first.share(), 0);
        for (int i = 0; i < iterations; i++) {
            naive = step(naive.mixture, naive.noise, density, rows, ones(160), texts, 0, new double[10]);
        }
        assertSame(fit.model().gaussians(), naive.mixture, 1e-9);
        assertClose(fit.model().share(), naive.noise, 1e-9, "share of noise");
        assertThat(naive.noise).isBetween(0.01, 0.1);
    }

    /** With all classes known a fit is over after one step, at the moments of each class. */
    @ParameterizedTest
    @EnumSource
    void isTheClosedFormWhereAllClassesAreKnown(Search search) {
        double[][] rows = Examples.values("iris", 4);
        Fit<GaussianMixture> fit = Em.components(3)
                .regularization(Regularization.none())
                .partialLabels(labels(truth()))
                .search(search)
                .fit(Rows.of(rows));
        for (int c = 0; c < 3; c++) {
            double[][] own = Arrays.copyOfRange(rows, 50 * c, 50 * c + 50);
            GaussianMixture alone = Em.components(1)
                    .regularization(Regularization.none())
                    .fit(Rows.of(own))
                    .model();
            assertClose(fit.model().weight(c), 1.0 / 3, 1e-14, "weight");
            assertClose(fit.model().component(c).mean(), alone.component(0).mean(), 1e-13, "mean");
            assertClose(
                    fit.model().component(c).covariance().lowerTriangle(),
                    alone.component(0).covariance().lowerTriangle(),
                    1e-12,
                    "covariance");
        }
        assertThat(fit.converged()).isTrue();
        assertThat(fit.assignmentEntropy()).isZero();
        assertClose(fit.logLikelihood(), jointLogLikelihood(fit.model(), rows), 1e-12, "joint log-likelihood");
    }

    private static double jointLogLikelihood(GaussianMixture mixture, double[][] rows) {
        TextbookMixture textbook = TextbookMixture.of(mixture);
        return IntStream.range(0, 150)
                .mapToDouble(i -> textbook.scores(rows[i])[i / 50])
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void isTheOrdinaryFitToTheBitWhereNothingIsKnown(Search search) {
        String[] texts = new String[150];
        Arrays.fill(texts, "");
        Em em = Em.components(3).search(search).seed(2);
        Fit<GaussianMixture> fit = em.partialLabels(labels(texts)).fit(Examples.iris());
        Fit<GaussianMixture> plain = em.fit(Examples.iris());
        assertThat(fit.model()).isEqualTo(plain.model());
        assertThat(fit.history()).isEqualTo(plain.history());
        assertThat(fit.options()).isEqualTo(plain.options());
    }

    /** The accuracy of a fit to iris, and its adjusted Rand index, on rows without labels. */
    private static double[] quality(GaussianMixture model, String[] texts) {
        int[] found = model.labels(Examples.iris());
        int right = 0;
        int asked = 0;
        double[][] table = new double[3][model.size()];
        for (int i = 0; i < 150; i++) {
            if (texts[i].isEmpty()) {
                asked++;
                right += found[i] == i / 50 ? 1 : 0;
                table[i / 50][found[i]]++;
            }
        }
        return new double[] {(double) right / asked, adjustedRandIndex(table)};
    }

    private static double adjustedRandIndex(double[][] table) {
        double pairs = 0;
        double[] rows = new double[table.length];
        double[] columns = new double[table[0].length];
        for (int a = 0; a < rows.length; a++) {
            for (int b = 0; b < columns.length; b++) {
                pairs += table[a][b] * (table[a][b] - 1) / 2;
                rows[a] += table[a][b];
                columns[b] += table[a][b];
            }
        }
        double n = Arrays.stream(rows).sum();
        double of = Arrays.stream(rows).map(x -> x * (x - 1) / 2).sum();
        double by = Arrays.stream(columns).map(x -> x * (x - 1) / 2).sum();
        double expected = of * by / (n * (n - 1) / 2);
        return (pairs - expected) / ((of + by) / 2 - expected);
    }

    private static String[] few(int perClass, long seed) {
        String[] truth = truth();
        String[] texts = new String[150];
        Arrays.fill(texts, "");
        SplittableRandom random = new SplittableRandom(seed);
        for (int c = 0; c < 3; c++) {
            int[] drawn =
                    random.ints(50 * c, 50 * c + 50).distinct().limit(perClass).toArray();
            for (int i : drawn) {
                texts[i] = truth[i];
            }
        }
        return texts;
    }

    /** Five labels for each species, ten draws: the mean of the adjusted Rand index on the other rows. */
    @ParameterizedTest
    @CsvSource({"FULL, 0.85, 0.64", "DIAGONAL, 0.79, 0.77"})
    void fewLabelsHelpToTellSpeciesApart(CovarianceStructure structure, double least, double mostWithout) {
        double accuracy = 0;
        double with = 0;
        double without = 0;
        for (long seed = 0; seed < 10; seed++) {
            String[] texts = few(5, seed);
            Em em = Em.components(3).covariance(structure).seed(seed);
            double[] labelled =
                    quality(em.partialLabels(labels(texts)).fit(Examples.iris()).model(), texts);
            accuracy += labelled[0] / 10;
            with += labelled[1] / 10;
            without += quality(em.fit(Examples.iris()).model(), texts)[1] / 10;
        }
        assertThat(with).isGreaterThan(least);
        assertThat(without).isLessThan(mostWithout);
        // Components are classes without any matching.
        assertThat(accuracy).isGreaterThan(0.92);
    }

    @ParameterizedTest
    @EnumSource
    void followsShiftsAndScales(Search search) {
        double[][] rows = Examples.values("iris", 4);
        PartialLabels labels = labels(mixed(3));
        Em em = Em.components(4).search(search).seed(1).tolerance(1e-10).partialLabels(labels);
        GaussianMixture here = em.fit(Rows.of(rows)).model();
        double[][] moved = new double[150][];
        for (int i = 0; i < 150; i++) {
            moved[i] = Arrays.stream(rows[i]).map(x -> x * 1024 + 4096).toArray();
        }
        GaussianMixture there = em.fit(Rows.of(moved)).model();
        assertClose(there.weights(), here.weights(), 1e-5, "weights");
        for (int k = 0; k < 4; k++) {
            double[] back = Arrays.stream(there.component(k).mean())
                    .map(x -> (x - 4096) / 1024)
                    .toArray();
            assertClose(back, here.component(k).mean(), 1e-5, "mean");
        }
    }

    @Test
    void doesNotDependOnTheOrderOfRowsNorOnNames() {
        double[][] rows = Examples.values("iris", 4);
        String[] texts = mixed(3);
        int[] order = new SplittableRandom(1).ints(0, 150).distinct().limit(150).toArray();
        double[][] shuffled = IntStream.of(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
        String[] renamed = IntStream.of(order)
                .mapToObj(i -> texts[i].replace("setosa", "zz"))
                .toArray(String[]::new);
        Em em = Em.components(3).tolerance(1e-11).seed(2);
        GaussianMixture one = em.partialLabels(labels(texts)).fit(Rows.of(rows)).model();
        GaussianMixture other =
                em.partialLabels(labels(renamed)).fit(Rows.of(shuffled)).model();
        // By the alphabet setosa is now the last.
        assertSame(other, one.permuted(List.of(1, 2, 0)), 1e-5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasTheSameBitsForAnyThreadsAndStorage(boolean gaps) {
        double[][] rows = Examples.clusters(3, 20_000, 3, 5, 6);
        String[] texts = new String[20_000];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i % 40 == 0 ? SPECIES[i / 40 % 3] : i % 40 == 1 ? "!setosa" : "";
        }
        Rows whole = Rows.of(gaps ? Holes.in(rows, 0.1, 1) : rows);
        Rows some = gaps ? whole.withGaps() : whole;
        for (Search search : List.of(Search.NONE, Search.NORMAL)) {
            Em em = Em.components(5)
                    .partialLabels(labels(texts))
                    .search(search)
                    .maxIterations(30)
                    .seed(4);
            Fit<GaussianMixture> one = em.threads(1).fit(some);
            Fit<GaussianMixture> three = em.threads(3).fit(some);
            assertThat(three.model()).isEqualTo(one.model());
            assertThat(three.history()).isEqualTo(one.history());
        }
    }

    /** Class "rare" has five rows of 30,000, none of which the sample of a search need have, far from all others. */
    @Test
    void findsARareClassThatASampleMisses() {
        double[][] rows = Examples.clusters(5, 30_000, 2, 3, 10);
        String[] texts = new String[rows.length];
        Arrays.fill(texts, "");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5; i++) {
            int at = 6000 * i + 17;
            rows[at] = new double[] {60 + random.nextGaussian(), 60 + random.nextGaussian()};
            texts[at] = "rare";
        }
        Fit<GaussianMixture> fit =
                Em.components(4).partialLabels(labels(texts)).seed(1).fit(Rows.of(rows));
        assertThat(fit.model().component(0).mean(0)).isBetween(59.0, 61.0);
        assertClose(fit.model().weight(0), 5.0 / 30_000, 1e-6, "weight of the rare class");
        assertThat(fit.history()[0]).isFinite();
        // The others stand behind it, heaviest first.
        assertThat(fit.model().weight(1)).isGreaterThanOrEqualTo(fit.model().weight(2));
        assertThat(fit.model().weight(2)).isGreaterThanOrEqualTo(fit.model().weight(3));
        assertThat(fit.converged()).isTrue();
    }

    @Test
    void choosesAmongNumbersFromThatOfTheClassesOn() {
        PartialLabels labels = labels(few(5, 1));
        Selection<GaussianMixture> selection =
                Selection.of(2, 5, k -> Em.components(k).partialLabels(labels).seed(1), Criterion.BIC, Examples.iris());
        assertThat(selection.table().get(0).failure())
                .contains("components is 2, but the partial labels name 3 classes");
        assertThat(selection.winner().components()).isEqualTo(3);
        assertThat(selection.table().subList(1, 4)).allMatch(c -> c.fit().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void findsClassesAmongNoise(Search search) {
        NoisyEmTest.Junk junk = NoisyEmTest.Junk.of(2, 2000, 4, 4, 0.15);
        String[] texts = new String[2000];
        for (int i = 0; i < 2000; i++) {
            texts[i] = i % 100 < 5 && junk.truth()[i] >= 0 ? "c" + junk.truth()[i] : "";
        }
        Fit<NoisyMixture> fit = Em.components(4)
                .partialLabels(labels(texts))
                .search(search)
                .seed(1)
                .withNoise()
                .fit(Rows.of(junk.rows()));
        int[] found = fit.model().labels(Rows.of(junk.rows()));
        long right = IntStream.range(0, 2000)
                .filter(i -> junk.truth()[i] >= 0 && found[i] == junk.truth()[i])
                .count();
        assertThat(right).isGreaterThan(1650);
        assertThat(fit.model().share()).isBetween(0.13, 0.17);
        assertThat(fit.options()).containsEntry("classes", "c0|c1|c2|c3");
    }

    @Test
    void keepsWhatIsFrozenAndWeightsThatAreEqual() {
        GaussianMixture start = start(Examples.values("iris", 4), 3);
        Em em = Em.components(3).initialization(Initialization.model(start)).partialLabels(labels(mixed(1)));
        GaussianMixture frozen = em.frozen(Parameter.MEANS).fit(Examples.iris()).model();
        for (int k = 0; k < 3; k++) {
            assertClose(frozen.component(k).mean(), start.component(k).mean(), 1e-14, "mean");
        }
        assertThat(em.proportions(Proportions.EQUAL)
                        .fit(Examples.iris())
                        .model()
                        .weights())
                .containsOnly(1.0 / 3);
    }

    /** Labels narrow the sampling error of what they tell of. */
    @Test
    void bootstrapsWithLabels() {
        Em em = Em.components(3).covariance(CovarianceStructure.DIAGONAL).seed(1);
        PartialLabels all = labels(truth());
        GaussianMixture known = em.partialLabels(all).fit(Examples.iris()).model();
        Uncertainty with = Uncertainty.of(em.partialLabels(all), known, Examples.iris(), 50);
        assertSame(with.mixture(), known, 1e-9);
        Uncertainty without = Uncertainty.of(em, known, Examples.iris(), 50);
        assertThat(with.standardError(m -> m.component(1).mean(2)))
                .isLessThan(without.standardError(m -> m.component(1).mean(2)));
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsUnderAnyStructure(CovarianceStructure structure) {
        double[][] holes = Holes.in(Examples.values("iris", 4), 0.2, 2);
        for (Rows rows : List.of(Examples.iris(), Rows.of(holes).withGaps())) {
            Fit<GaussianMixture> fit = Em.components(5)
                    .covariance(structure)
                    .partialLabels(labels(mixed(4)))
                    .seed(3)
                    .fit(rows);
            double[] history = fit.history();
            for (int i = 1; i < history.length; i++) {
                assertThat(history[i]).isGreaterThanOrEqualTo(history[i - 1] - 1e-12);
            }
            // Classes keep their places whatever they weigh.
            double[] setosa = fit.model().component(0).mean();
            assertThat(setosa[2]).isLessThan(2.5);
            assertThat(fit.converged()).isTrue();
        }
    }
}
