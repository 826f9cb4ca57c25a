package org.mixtura.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mixtura.data.Rows;
import org.mixtura.testing.Generator;

class NearnessTest {
    private static final int COMPONENTS = 5;
    private static final int TILE = 40;
    private static final int CHUNK = 1024;
    private static final Kernels KERNELS = new PlainKernels();

    private static double largest(QuadraticForms forms, int k, double[][] points, int tile) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = tile * TILE; i < (tile + 1) * TILE; i++) {
            largest = Math.max(largest, FormsFixture.scores(forms, points[i])[k]);
        }
        return largest;
    }

    private static QuadraticForms wellConditioned(Generator generator, QuadraticForms.Factor shape, int d) {
        QuadraticForms forms = FormsFixture.random(generator, shape, COMPONENTS, new double[d]);
        for (int k = 0; k < COMPONENTS; k++) {
            for (int j = 0; j < (shape == QuadraticForms.Factor.SCALAR ? 1 : d); j++) {
                forms.factor(k)[shape == QuadraticForms.Factor.TRIANGULAR ? j * (j + 1) / 2 + j : j] += 3;
            }
        }
        return forms;
    }

    /** Somewhere between two sets of forms. */
    private static QuadraticForms between(QuadraticForms one, QuadraticForms other, double way) {
        double[] centres = mean(one.centres(), other.centres(), way);
        double[][] factors = new double[COMPONENTS][];
        for (int k = 0; k < COMPONENTS; k++) {
            factors[k] = mean(one.factor(k), other.factor(k), way);
        }
        return QuadraticForms.of(
                one.factor(), one.origin(), centres, mean(one.constants(), other.constants(), way), factors);
    }

    private static double[] mean(double[] one, double[] other, double way) {
        double[] mean = new double[one.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (1 - way) * one[i] + way * other[i];
        }
        return mean;
    }

    /** Scores by the definition never lie above what is foretold of them, and close below it where they were seen last time. */
    @ParameterizedTest
    @EnumSource(QuadraticForms.Factor.class)
    void boundsHoldOnTheWayFromFormsToForms(QuadraticForms.Factor shape) {
        for (int d : new int[] {1, 3, 10}) {
            Generator generator = Generator.seeded(d);
            double[][] points = generator.points(2 * TILE, d, 3);
            QuadraticForms start = wellConditioned(generator, shape, d);
            QuadraticForms end = wellConditioned(generator, shape, d);
            Nearness near = Nearness.of(Rows.of(points), COMPONENTS);
            double[] most = new double[COMPONENTS];
            double[] way = {0, 0.001, 0.01, 0.02, 0.1, 0.5, 1};
            double closest = Double.POSITIVE_INFINITY;
            for (int pass = 0; pass < way.length; pass++) {
                QuadraticForms forms = between(start, end, way[pass]);
                near.begin(forms, KERNELS, CHUNK);
                for (int tile = 0; tile < 2; tile++) {
                    near.chunk(0).bound(tile, most);
                    for (int k = 0; k < COMPONENTS; k++) {
                        double largest = largest(forms, k, points, tile);
                        assertThat(most[k]).isGreaterThanOrEqualTo(largest - 1e-12 * Math.abs(largest));
                        if (pass == 1) {
                            closest = Math.min(closest, (most[k] - largest) / (1 + Math.abs(largest)));
                        }
                        // Some are seen in each pass, some only in the first one.
                        if (pass == 0 || k % 2 == 0) {
                            near.chunk(0).saw(tile, k, largest);
                        }
                    }
                }
                near.end(forms);
            }
            assertThat(closest).isLessThan(0.005);
        }
    }

    @Test
    void aComponentThatIsTheSameEverywhereIsAlwaysNear() {
        double[][] points = Generator.seeded(1).points(TILE, 2, 1);
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.DIAGONAL, new double[2], new double[4], new double[] {-1, -3}, new double[][] {
                    {1, 1}, {0, 0}
                });
        Nearness near = Nearness.of(Rows.of(points), 2);
        double[] most = new double[2];
        for (int pass = 0; pass < 3; pass++) {
            near.begin(forms, KERNELS, CHUNK);
            near.chunk(0).bound(0, most);
            near.chunk(0).saw(0, 1, -3);
            near.end(forms);
            assertThat(most[1]).isEqualTo(-3);
        }
    }

    /** Bounds of other tiles, or after a pass that failed, say nothing. */
    @Test
    void boundsAreOfTheSameTilesAndOfThePassBefore() {
        double[][] points = Generator.seeded(1).points(TILE, 1, 1);
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR, new double[1], new double[] {50}, new double[1], new double[][] {{1}});
        Nearness near = Nearness.of(Rows.of(points), 1);
        near.begin(forms, KERNELS, CHUNK);
        near.chunk(0).saw(0, 0, -1000);
        near.end(forms);
        near.begin(forms, KERNELS, CHUNK);
        assertThat(bound(near)).isCloseTo(-1000, within(0.1));
        near.begin(forms, KERNELS, CHUNK);
        assertThat(bound(near)).isZero();
        near.chunk(0).saw(0, 0, -1000);
        near.end(forms);
        near.begin(forms, KERNELS, 2 * CHUNK);
        assertThat(bound(near)).isZero();
        near.chunk(0).saw(0, 0, -1000);
        near.end(forms);
        near.begin(forms, new PlainKernels(), 2 * CHUNK);
        assertThat(bound(near)).isZero();
    }

    private static double bound(Nearness near) {
        double[] most = new double[1];
        near.chunk(0).bound(0, most);
        return most[0];
    }

    /** Two clusters, each with its component, in order: to a tile one of two matters, to rows that come as they like both. */
    @Test
    void tellsToWhatShareOfTheComponentsTilesAreNear() {
        int n = 4096;
        double[][] points = Generator.seeded(2).points(n, 3, 1);
        for (int i = 0; i < n; i++) {
            points[i][0] += i < n / 2 ? 0 : 100;
        }
        QuadraticForms forms = QuadraticForms.of(
                QuadraticForms.Factor.SCALAR,
                new double[3],
                new double[] {0, 0, 0, 100, 0, 0},
                new double[2],
                new double[][] {{1}, {1}});
        Rows ordered = Rows.of(points);
        assertThat(Nearness.share(ordered, forms)).isEqualTo(0.5);
        double[][] alternating = new double[n][];
        for (int i = 0; i < n; i++) {
            alternating[i] = points[i % 2 * n / 2 + i / 2];
        }
        assertThat(Nearness.share(Rows.of(alternating), forms)).isEqualTo(1);
    }
}
