package org.mixtura.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;
import org.mixtura.mixture.GaussianMixture;
import org.mixtura.testing.Generator;

/** Many components in many columns, of which few matter to any row. */
class RowOrderTest {
    private static final int D = 17;
    private static final int K = 16;
    private static final int N = 4000;
    /** Passes before the rows are put in order. */
    private static final int BEFORE = 3;

    private final Generator generator = Generator.seeded(6);
    private final double[] centres = centres();
    private final Rows rows = Rows.of(points());

    private double[] centres() {
        double[] values = generator.vector(K * D);
        Arrays.setAll(values, i -> 5 * values[i]);
        return values;
    }

    private double[][] points() {
        double[][] points = generator.points(N, D, 1);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < D; j++) {
                points[i][j] += centres[i % K * D + j];
            }
        }
        return points;
    }

    private static QuadraticForms forms(double[] centres) {
        double[] identity = new double[QuadraticForms.size(QuadraticForms.Factor.TRIANGULAR, D)];
        for (int j = 0; j < D; j++) {
            identity[j * (j + 1) / 2 + j] = 1;
        }
        int k = centres.length / D;
        double[][] factors = new double[k][];
        Arrays.fill(factors, identity);
        return QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR, new double[D], centres.clone(), new double[k], factors);
    }

    /** Two components in one place, of which one hardly has a row. */
    private QuadraticForms vanishing() {
        double[] twice = centres.clone();
        System.arraycopy(centres, D, twice, 0, D);
        double[] constants = new double[K];
        constants[0] = -60;
        return forms(twice).withConstants(constants);
    }

    private AllRows all() {
        return new AllRows(rows, PassJournal.NONE, FitObserver.NONE);
    }

    private static Moments pass(AllRows all, QuadraticForms forms) {
        return all.moments(forms, Moments.Scatter.FULL, 2, N);
    }

    private Moments plain(QuadraticForms forms) {
        return Scan.moments(rows, forms, Moments.Scatter.FULL, 1, N);
    }

    /** Components move a little from pass to pass, and each pass gives what one over all pairs gives. */
    @Test
    void passesGiveTheSameInAnyOrder() {
        AllRows all = all();
        for (int pass = 1; pass <= 3 * BEFORE; pass++) {
            double[] moved = centres.clone();
            double step = 0.1 * pass;
            Arrays.setAll(moved, i -> centres[i] + step * Math.sin(i));
            QuadraticForms forms = forms(moved);
            Moments moments = pass(all, forms);
            Moments expected = plain(forms);
            if (pass <= BEFORE) {
                assertThat(moments.toArray()).containsExactly(expected.toArray());
                assertThat(moments.leftOut()).isZero();
            } else {
                assertThat(moments.toArray()).isNotEqualTo(expected.toArray());
                assertThat(moments.leftOut()).isEqualTo(N * 0x1p-53);
            }
            double allowed = 1e-12 * Math.abs(expected.logLikelihood());
            assertThat(moments.logLikelihood()).isCloseTo(expected.logLikelihood(), within(allowed));
            for (int k = 0; k < K; k++) {
                assertThat(moments.weights()[k]).isCloseTo(expected.weights()[k], within(1e-12 * N));
                double[] second = expected.second(k);
                double size = Arrays.stream(second).map(Math::abs).max().orElseThrow();
                assertThat(moments.second(k)).containsExactly(second, within(1e-12 * size));
            }
        }
    }

    /** What no row belongs to has moments nevertheless, by which it finds back to the rows. */
    @Test
    void nothingIsLeftOutWhereAComponentVanishes() {
        AllRows all = all();
        QuadraticForms forms = vanishing();
        Moments expected = plain(forms);
        assertThat(expected.weights()[0]).isBetween(1e-30, 1e-17);
        for (int pass = 1; pass <= 3 * BEFORE; pass++) {
            Moments moments = pass(all, forms);
            assertThat(moments.weights()[0]).isCloseTo(expected.weights()[0], within(1e-9 * expected.weights()[0]));
            assertThat(moments.leftOut()).isZero();
        }
    }

    @Test
    void passesUnderAnotherNumberOfComponentsBeginAnew() {
        AllRows all = all();
        QuadraticForms forms = forms(centres);
        QuadraticForms fewer = forms(Arrays.copyOf(centres, (K - 1) * D));
        for (int pass = 1; pass <= 2 * BEFORE; pass++) {
            assertThat(pass(all, forms).leftOut() > 0).isEqualTo(pass > BEFORE);
        }
        for (int pass = 1; pass <= 2 * BEFORE; pass++) {
            assertThat(pass(all, fewer).leftOut()).isZero();
        }
        for (int pass = 1; pass <= 2 * BEFORE; pass++) {
            assertThat(pass(all, forms).leftOut() > 0).isEqualTo(pass > BEFORE);
        }
    }

    /** Of a pass in which a component vanished, and for whose sake nothing was left out afterwards. */
    @Test
    void whatIsRememberedHasTheSameConsequences() {
        QuadraticForms vanishing = vanishing();
        QuadraticForms last = forms(centres);
        MemoryJournal memory = new MemoryJournal();
        AllRows first = new AllRows(rows, memory, FitObserver.NONE);
        AllRows again = new AllRows(rows, memory, FitObserver.NONE);
        for (AllRows all : List.of(first, again)) {
            for (int pass = 1; pass <= 2 * BEFORE; pass++) {
                double[] moved = centres.clone();
                moved[0] += pass;
                pass(all, pass == BEFORE + 2 ? vanishing : forms(moved));
            }
        }
        double[] undisturbed = pass(first, last).toArray();
        memory.answers.clear();
        assertThat(pass(again, last).toArray()).containsExactly(undisturbed);
        assertThat(undisturbed).containsExactly(plain(last).toArray());
    }

    /** In few columns too, where rows may have been put in order under more components before: fewer take them as they are. */
    @Test
    void fewComponentsTakeTheRowsInTheirOwnOrderAfterMany() {
        double[][] points = generator.points(N, 2, 1);
        Rows plane = Rows.of(points);
        QuadraticForms many = inPlane(128);
        QuadraticForms few = inPlane(100);
        AllRows all = new AllRows(plane, PassJournal.NONE, FitObserver.NONE);
        for (int pass = 1; pass <= 2 * BEFORE; pass++) {
            double[] own = Scan.moments(plane, many, Moments.Scatter.FULL, 1, N).toArray();
            assertThat(Arrays.equals(pass(all, many).toArray(), own)).isEqualTo(pass <= BEFORE);
        }
        for (int pass = 1; pass <= 2 * BEFORE; pass++) {
            assertThat(pass(all, few).toArray())
                    .containsExactly(
                            Scan.moments(plane, few, Moments.Scatter.FULL, 1, N).toArray());
        }
    }

    private QuadraticForms inPlane(int components) {
        double[][] factors = new double[components][];
        Arrays.fill(factors, new double[] {1, 0, 1});
        return QuadraticForms.of(
                QuadraticForms.Factor.TRIANGULAR,
                new double[2],
                generator.vector(2 * components),
                new double[components],
                factors);
    }

    /** Before the rows were put in order, soon after it, and later. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void aFitThatWasKilledGoesOnWithTheSameBits(int passes) {
        Em em = Em.components(K)
                .search(Search.NONE)
                .maxIterations(10)
                .tolerance(0)
                .seed(3);
        Fit<GaussianMixture> undisturbed = em.fit(rows);
        assertThat(undisturbed.iterations()).isEqualTo(10);
        assertThat(undisturbed.leftOut()).isEqualTo(0x1p-53);
        MemoryJournal memory = new MemoryJournal();
        memory.mostKept = passes;
        assertThatThrownBy(() -> em.journal(memory).fit(rows)).hasMessage("killed");
        memory.mostKept = Integer.MAX_VALUE;
        Fit<GaussianMixture> again = em.threads(2).journal(memory).fit(rows);
        assertThat(again.history()).containsExactly(undisturbed.history());
        assertThat(again.leftOut()).isEqualTo(0x1p-53);
        for (int k = 0; k < K; k++) {
            assertThat(again.model().component(k).covariance().get(3, 1))
                    .isEqualTo(undisturbed.model().component(k).covariance().get(3, 1));
        }
    }
}
