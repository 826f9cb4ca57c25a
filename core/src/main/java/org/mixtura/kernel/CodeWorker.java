package org.mixtura.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/**
 * Kernels for rows whose codes have factors ({@link QuadraticForms#coded}): rows of code 0 go to other kernels as they are; the others
 * are taken together by their codes, scored by those kernels under the forms that the code does not rule out, and their moments added
 * to those of all forms. So a row that can only be of one component costs one component.
 *
 * <p>Where few rows of a chunk share a code of several components, preparing forms for it would take longer than to score the rows:
 * they are scored together without their codes, and their responsibilities multiplied by the factors and made to sum to one again.
 * Where hardly anything is left of a row's density by that, so that what has underflowed could matter, the row goes the first way,
 * in logarithms.
 *
 * <p>A finite row so far away that all its scores are −∞ belongs to the nearest component that its code allows.
 */
final class CodeWorker implements Kernels.Worker {
    /** Rows of a chunk for which forms of their own are worth while. */
    private static final int WORTH_FORMS = 32;

    private static final double[] NOT_WANTED = new double[0];

    private final QuadraticForms forms;
    private final boolean gapped;
    private final Kernels.Worker plain;
    private final RecentPatterns<Integer, Allowed> codes;
    private final IntFunction<Allowed> makeSingle;
    /** Each form by itself, made when first wanted. */
    private final @Nullable Allowed[] singles;

    private final SomeRows some = new SomeRows();

    /** What is prepared for one code. */
    private static final class Allowed {
        private final int[] places;
        private final QuadraticForms forms;
        private final Kernels.Worker worker;

        Allowed(Kernels kernels, QuadraticForms all, int[] places, double[] times, Rows rows) {
            this.places = places;
            forms = all.only(places, times);
            worker = GapWorker.of(kernels, forms, rows);
        }
    }

    private CodeWorker(Kernels kernels, QuadraticForms forms, Rows rows) {
        this.forms = forms;
        this.gapped = rows.gapped();
        this.plain = GapWorker.of(kernels, forms.uncoded(), rows);
        this.codes = RecentPatterns.like(
                forms,
                code -> new Allowed(
                        kernels,
                        forms,
                        forms.codes().allowed(code),
                        forms.codes().of(code),
                        rows));
        double[] ones = new double[forms.components()];
        Arrays.fill(ones, 1);
        this.makeSingle = k -> new Allowed(kernels, forms, new int[] {k}, ones, rows);
        this.singles = new Allowed[forms.components()];
    }

    private Allowed single(int k) {
        Allowed made = singles[k];
        if (made == null) {
            made = makeSingle.apply(k);
            singles[k] = made;
        }
        return made;
    }

    /** A worker of some kernels that heeds codes where the forms say so, and takes NaN for a gap where the rows do. */
    static Kernels.Worker of(Kernels kernels, QuadraticForms forms, Rows rows) {
        return forms.codes().areNone() ? GapWorker.of(kernels, forms, rows) : new CodeWorker(kernels, forms, rows);
    }

    private static RowGroups<Integer> groups(Block block) {
        return RowGroups.of(block.count(), i -> block.code(i) == 0 ? null : (Integer) block.code(i));
    }

    private boolean worthForms(int code, int rows) {
        return rows >= WORTH_FORMS || forms.codes().allowed(code).length == 1;
    }

    @Override
    public void accumulate(Block block, Moments into) {
        RowGroups<Integer> found = groups(block);
        if (found.none()) {
            plain.accumulate(block, into);
            return;
        }
        if (found.plain().length > 0) {
            plain.accumulate(some.gather(block, found.plain(), SomeRows.columns(block)), into);
        }
        List<int[]> scattered = new ArrayList<>();
        found.groups().forEach((code, rows) -> {
            if (worthForms(code, rows.length)) {
                accumulate(code, block, rows, into);
            } else {
                scattered.add(rows);
            }
        });
        accumulateScattered(block, together(scattered), into);
    }

    private static int[] together(List<int[]> groups) {
        return groups.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private void accumulate(int code, Block block, int[] rows, Moments into) {
        Allowed allowed = codes.get(code);
        Moments moments = Moments.about(allowed.forms, into.scatter());
        allowed.worker.accumulate(some.gather(block, rows, SomeRows.columns(block)), moments);
        into.add(moments, allowed.places);
    }

    private void accumulateScattered(Block block, int[] all, Moments into) {
        int[] rows = IntStream.of(all).filter(i -> !isBlank(block, i)).toArray();
        if (rows.length == 0) {
            return;
        }
        CodedShares shares = shares(block, rows);
        if (gapped || forms.tailed() || shares.rows().covarianceSize() > 0) {
            accumulateSingly(shares, into);
        } else {
            into.accept(shares.rows(), 0, rows.length, shares.responsibilities());
        }
        for (int i = 0; i < rows.length; i++) {
            if (!shares.lost(i)) {
                into.acceptScores(shares.rows().weight(i), shares.logDensity(i), shares.entropy(i));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (shares.lost(i)) {
                accumulate(block.code(rows[i]), block, new int[] {rows[i]}, into);
            }
        }
    }

    /** The shares of some rows; valid until other rows are gathered. */
    private CodedShares shares(Block block, int[] rows) {
        Block whole = some.gather(block, rows, SomeRows.columns(block));
        return new CodedShares(whole, plain, forms.codes(), i -> block.code(rows[i]));
    }

    /** Adds the moments of rows with gaps form by form, with the weights w r. */
    private void accumulateSingly(CodedShares shares, Moments into) {
        Block whole = shares.rows();
        int components = forms.components();
        double[] weights = new double[whole.count()];
        Block weighted = new Block();
        for (int k = 0; k < components; k++) {
            boolean any = false;
            for (int i = 0; i < weights.length; i++) {
                double w = whole.weight(i);
                weights[i] = w > 0 ? w * shares.responsibilities()[i * components + k] : 0;
                any |= weights[i] > 0;
            }
            if (any) {
                weighted.show(whole.values(), whole.offset(), weights.length, whole.dimension(), weights, 0);
                weighted.showCovariancesOf(whole);
                Allowed one = single(k);
                Moments moments = Moments.about(one.forms, into.scatter());
                one.worker.accumulate(weighted, moments);
                into.addSums(moments, one.places);
            }
        }
    }

    /** Whether a row has no value at all, which adds nothing to moments. */
    private boolean isBlank(Block block, int row) {
        return gapped && block.gaps(row) == block.dimension();
    }

    @Override
    public void score(Block block, double[] densities, double[] responsibilities) {
        RowGroups<Integer> found = groups(block);
        if (found.none()) {
            plain.score(block, densities, responsibilities);
            return;
        }
        Target target = new Target(densities, responsibilities, forms.components());
        int[] every = IntStream.range(0, forms.components()).toArray();
        if (found.plain().length > 0) {
            score(plain, every, block, found.plain(), target);
        }
        List<int[]> scattered = new ArrayList<>();
        found.groups().forEach((code, rows) -> {
            if (worthForms(code, rows.length)) {
                score(code, block, rows, target);
            } else {
                scattered.add(rows);
            }
        });
        int[] rows = together(scattered);
        if (rows.length > 0) {
            CodedShares shares = shares(block, rows);
            for (int i = 0; i < rows.length; i++) {
                if (!shares.lost(i)) {
                    target.put(rows[i], shares.logDensity(i), shares.responsibilities(), every, i * every.length);
                }
            }
            for (int i = 0; i < rows.length; i++) {
                if (shares.lost(i)) {
                    score(block.code(rows[i]), block, new int[] {rows[i]}, target);
                }
            }
        }
    }

    private void score(int code, Block block, int[] rows, Target target) {
        Allowed allowed = codes.get(code);
        score(allowed.worker, allowed.places, block, rows, target);
    }

    private void score(Kernels.Worker worker, int[] places, Block block, int[] rows, Target target) {
        double[] densities = new double[rows.length];
        double[] shares = target.responsibilities.length > 0 ? new double[rows.length * places.length] : NOT_WANTED;
        worker.score(some.gather(block, rows, SomeRows.columns(block)), densities, shares);
        for (int i = 0; i < rows.length; i++) {
            target.put(rows[i], densities[i], shares, places, i * places.length);
        }
    }

    /** Where scores of a block go. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Target(double[] densities, double[] responsibilities, int components) {
        /** Puts the shares of some components, which stand at a place of an array; those of all others are 0. */
        void put(int row, double density, double[] shares, int[] places, int at) {
            densities[row] = density;
            if (responsibilities.length > 0) {
                Arrays.fill(responsibilities, row * components, (row + 1) * components, 0);
                for (int i = 0; i < places.length; i++) {
                    responsibilities[row * components + places[i]] = shares[at + i];
                }
            }
        }
    }
}
