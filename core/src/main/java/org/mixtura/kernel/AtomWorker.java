package org.mixtura.kernel;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * Kernels for rows with a covariance of their own: points go to other kernels as they are; rows of which many have the same
 * covariance go to those kernels under the {@link AtomForms} of it; the others, one by one, are scored by it directly.
 *
 * <p>Alone, a row costs a multiple of d³ for each component where errors widen the components, of d² where it stands for others.
 */
final class AtomWorker implements Kernels.Worker {
    private static final int TILE = WeightedTile.ROWS;

    private final QuadraticForms forms;
    private final Kernels.Worker points;
    private final Function<double[], AtomForms> atoms;
    private final RecentPatterns<AtomGroups.Key, Group> groups;
    private final SomeRows some = new SomeRows();
    private final int[] columns;
    private final double[][] scores;
    private final TileShares shares;
    private final AtomForms[] tile = new AtomForms[TILE];
    private final double[] deviation;

    /** What is prepared for rows of one covariance. */
    private static final class Group {
        private final AtomForms atoms;
        private final QuadraticForms forms;
        private final Kernels.Worker worker;

        Group(Kernels kernels, AtomForms atoms) {
            this.atoms = atoms;
            this.forms = atoms.forms();
            this.worker = kernels.worker(forms);
        }
    }

    private AtomWorker(Kernels kernels, QuadraticForms forms, Function<double[], AtomForms> atoms) {
        this.forms = forms;
        this.points = kernels.worker(forms);
        this.atoms = atoms;
        this.columns = IntStream.range(0, forms.dimension()).toArray();
        this.scores = new double[forms.components()][TILE];
        this.shares = new TileShares(forms, TILE);
        this.deviation = new double[forms.dimension()];
        long size = forms.components() * (2L * forms.dimension() + 128) * (forms.dimension() + 8L);
        this.groups = new RecentPatterns<>(size, key -> new Group(kernels, atoms.apply(key.elements())));
    }

    /** Kernels that heed what covariance rows have of their own: others, unless rows have one. */
    static Kernels kernels(Kernels kernels, Rows rows) {
        return switch (rows.rowCovariance()) {
            case NONE -> kernels;
            case SPREAD -> new Decorated(kernels, forms -> covariance -> new SpreadForms(forms, covariance));
            case ERROR ->
                new Decorated(kernels, forms -> {
                    ErrorForms.Components components = new ErrorForms.Components(forms);
                    return errors -> new ErrorForms(components, errors);
                });
        };
    }

    private record Decorated(Kernels kernels, Function<QuadraticForms, Function<double[], AtomForms>> atoms)
            implements Kernels {
        @Override
        public String description() {
            return kernels.description();
        }

        @Override
        public Worker worker(QuadraticForms forms) {
            return new AtomWorker(kernels, forms, atoms.apply(forms));
        }
    }

    @Override
    public void accumulate(Block block, Moments into) {
        if (block.covarianceSize() == 0 || block.count() == 0) {
            points.accumulate(block, into);
            return;
        }
        AtomGroups found = AtomGroups.of(block);
        if (found.points().length > 0) {
            points.accumulate(rows(block, found.points()), into);
        }
        found.groups().forEach((key, places) -> {
            Group group = groups.get(key);
            Moments moments = Moments.about(group.forms, group.atoms.scatter(into.scatter()));
            group.worker.accumulate(rows(block, places), moments);
            group.atoms.lift(moments, into);
        });
        if (found.alone().length > 0) {
            new Each().accumulate(rows(block, found.alone()), into);
        }
    }

    private Block rows(Block block, int[] places) {
        return places.length == block.count() ? block : some.gather(block, places, columns);
    }

    @Override
    public void score(Block block, double[] densities, double[] responsibilities) {
        if (block.covarianceSize() == 0 || block.count() == 0) {
            points.score(block, densities, responsibilities);
            return;
        }
        AtomGroups found = AtomGroups.of(block);
        score(points, block, found.points(), densities, responsibilities);
        found.groups()
                .forEach((key, places) -> score(groups.get(key).worker, block, places, densities, responsibilities));
        score(new Each(), block, found.alone(), densities, responsibilities);
    }

    private void score(
            Kernels.Worker worker, Block block, int[] places, double[] densities, double[] responsibilities) {
        if (places.length == block.count()) {
            worker.score(block, densities, responsibilities);
        } else if (places.length > 0) {
            some.score(worker, block, places, columns, forms.components(), densities, responsibilities);
        }
    }

    /** Scores rows one by one. */
    private final class Each implements Kernels.Worker {
        @Override
        public void score(Block block, double[] densities, double[] responsibilities) {
            int components = forms.components();
            for (int first = 0; first < block.count(); first += TILE) {
                int count = Math.min(TILE, block.count() - first);
                scoreTile(block, first, count);
                System.arraycopy(shares.logDensity(), 0, densities, first, count);
                if (responsibilities.length > 0) {
                    System.arraycopy(
                            shares.responsibilities(), 0, responsibilities, first * components, count * components);
                }
            }
        }

        @Override
        public void accumulate(Block block, Moments into) {
            int components = forms.components();
            for (int first = 0; first < block.count(); first += TILE) {
                int count = Math.min(TILE, block.count() - first);
                scoreTile(block, first, count);
                for (int i = 0; i < count; i++) {
                    double weight = block.weight(first + i);
                    into.acceptScores(weight, shares.logDensity()[i], shares.entropy()[i]);
                    for (int k = 0; k < components && weight > 0; k++) {
                        double r = shares.responsibilities()[i * components + k];
                        if (r > Moments.NEGLIGIBLE) {
                            deviate(block, first + i, k);
                            tile[i].add(k, weight * r, deviation, into);
                        }
                    }
                }
            }
        }

        private void scoreTile(Block block, int first, int count) {
            for (int i = 0; i < count; i++) {
                tile[i] = atoms.apply(AtomGroups.Key.of(block, first + i).elements());
                for (int k = 0; k < scores.length; k++) {
                    deviate(block, first + i, k);
                    scores[k][i] = tile[i].score(k, deviation);
                }
            }
            shares.normalise(scores, count, block, first);
        }

        private void deviate(Block block, int row, int k) {
            int d = deviation.length;
            for (int j = 0; j < d; j++) {
                deviation[j] = block.get(row, j) - forms.origin()[j] - forms.centres()[k * d + j];
            }
        }
    }
}
