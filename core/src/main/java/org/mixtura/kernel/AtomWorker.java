package org.mixtura.kernel;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.mixtura.data.Block;
import org.mixtura.data.RowCovariance;
import org.mixtura.data.Rows;

/**
 * Kernels for rows with a covariance of their own: points go to other kernels as they are; rows of which many have the same
 * covariance go to those kernels under the {@link AtomForms} of it; the others go one by one ({@link SpreadRows}, {@link ErrorRows}).
 */
final class AtomWorker implements Kernels.Worker {
    private final QuadraticForms forms;
    private final Kernels.Worker points;
    private final Kernels.Worker alone;
    private final RecentPatterns<AtomGroups.Key, Group> groups;
    private final SomeRows some = new SomeRows();
    private final int[] columns;

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

    private AtomWorker(
            Kernels kernels, QuadraticForms forms, Kernels.Worker alone, Function<double[], AtomForms> atoms) {
        this.forms = forms;
        this.points = kernels.worker(forms);
        this.alone = alone;
        this.columns = IntStream.range(0, forms.dimension()).toArray();
        this.groups = RecentPatterns.like(forms, key -> new Group(kernels, atoms.apply(key.elements())));
    }

    /** Kernels that heed what covariance rows have of their own: others, unless rows have one. */
    static Kernels kernels(Kernels kernels, Rows rows) {
        return rows.rowCovariance() == RowCovariance.NONE ? kernels : new Heeding(kernels, rows.rowCovariance());
    }

    private record Heeding(Kernels kernels, RowCovariance meaning) implements Kernels {
        @Override
        public String description() {
            return kernels.description();
        }

        @Override
        public Worker worker(QuadraticForms forms) {
            if (meaning == RowCovariance.SPREAD) {
                return new AtomWorker(
                        kernels, forms, new SpreadRows(forms), covariance -> new SpreadForms(forms, covariance));
            }
            TrueComponents seen = new TrueComponents(forms);
            return new AtomWorker(kernels, forms, new ErrorRows(forms, seen), errors -> new ErrorForms(seen, errors));
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
            alone.accumulate(rows(block, found.alone()), into);
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
        score(alone, block, found.alone(), densities, responsibilities);
    }

    private void score(
            Kernels.Worker worker, Block block, int[] places, double[] densities, double[] responsibilities) {
        if (places.length == block.count()) {
            worker.score(block, densities, responsibilities);
        } else if (places.length > 0) {
            some.score(worker, block, places, columns, forms.components(), densities, responsibilities);
        }
    }
}
