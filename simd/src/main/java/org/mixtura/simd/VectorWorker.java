package org.mixtura.simd;

import org.jspecify.annotations.Nullable;
import org.mixtura.data.Block;
import org.mixtura.kernel.Kernels;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.NearComponents;
import org.mixtura.kernel.Nearness;
import org.mixtura.kernel.PlainKernels;
import org.mixtura.kernel.QuadraticForms;

/** The passes over a block, tile by tile. */
final class VectorWorker implements Kernels.Worker {
    private final QuadraticForms forms;
    private final int components;
    private final int dimension;
    private final Tile tile;
    private final Scorer scorer;
    private final Softmax softmax;
    /** Scores, then their exponentials, then weighted responsibilities: K × {@link Tile#STRIDE}. */
    private final double[] scores;

    private final double[] largest = new double[Tile.ROWS];
    private final double[] scale = new double[Tile.ROWS];
    /** For rows that the usual arithmetic cannot serve; made when the first one comes. */
    private Kernels.@Nullable Worker plain;

    /** What leaves components out; made when that is first asked for. */
    private @Nullable NearComponents nearComponents;

    private @Nullable ComponentScorer nearScorer;

    private @Nullable ComponentSums nearSums;

    private @Nullable MomentSums sums;
    private @Nullable Moments summedInto;

    VectorWorker(QuadraticForms forms) {
        this.forms = forms;
        this.components = forms.components();
        this.dimension = forms.dimension();
        this.tile = new Tile(forms.origin());
        this.scorer = Scorer.of(forms);
        this.softmax = new Softmax(components);
        this.scores = new double[Scorer.wholeBlocks(components) * Tile.STRIDE];
    }

    @Override
    public void score(Block block, double[] logDensity, double[] responsibilities) {
        softmax.begin(responsibilities.length > 0);
        for (int first = 0; first < block.count(); ) {
            int next = tile.takeAll(block, first);
            boolean usual = scoreTile();
            softmax.finish(largest, tile.padded());
            for (int i = 0; i < tile.count(); i++) {
                if (usual || softmax.isUsual(i)) {
                    logDensity[first + i] = softmax.logDensity(i);
                    if (responsibilities.length > 0) {
                        share(i, responsibilities, (first + i) * components);
                    }
                } else {
                    scorePlainly(block, first + i, logDensity, responsibilities);
                }
            }
            first = next;
        }
    }

    private void share(int row, double[] responsibilities, int at) {
        double sum = softmax.sum(row);
        for (int k = 0; k < components; k++) {
            responsibilities[at + k] = scores[k * Tile.STRIDE + row] / sum;
        }
    }

    private void scorePlainly(Block block, int row, double[] logDensity, double[] responsibilities) {
        double[] one = new double[1];
        double[] shares = new double[components];
        plain().score(alone(block, row), one, shares);
        logDensity[row] = one[0];
        if (responsibilities.length > 0) {
            System.arraycopy(shares, 0, responsibilities, row * components, components);
        }
    }

    private Kernels.Worker plain() {
        Kernels.Worker known = plain;
        if (known == null) {
            known = new PlainKernels().worker(forms);
            plain = known;
        }
        return known;
    }

    private Block alone(Block block, int row) {
        Block one = new Block();
        one.show(block.values(), block.offset() + row * dimension, 1, dimension, new double[] {block.weight(row)}, 0);
        return one;
    }

    @Override
    public void accumulate(Block block, Moments into) {
        MomentSums adder = sums(into);
        softmax.begin(false);
        for (int first = 0; first < block.count(); ) {
            first = tile.takeWeighted(block, first);
            settle(scoreTile(), block, into);
            softmax.weigh(tile, largest, scale, into);
            adder.add(tile, scores, scale, into);
        }
        adder.flush(into);
    }

    @Override
    public void accumulate(Block block, Moments into, Nearness.Chunk near) {
        NearComponents few = nearComponents == null ? new NearComponents(components) : nearComponents;
        ComponentScorer single = nearScorer == null ? Scorer.byComponents(forms) : nearScorer;
        ComponentSums adder = nearSums == null ? MomentSums.byComponents(into) : nearSums;
        nearComponents = few;
        nearScorer = single;
        nearSums = adder;
        double least = -Nearness.cut(components);
        int number = 0;
        for (int first = 0; first < block.count(); number++) {
            first = tile.takeWeighted(block, first);
            few.score(near, number, tile.count(), largest, k -> single.score(k, tile, scores, largest));
            settle(softmax.exponentiate(scores, largest, tile.padded(), few.listed(), few.count(), least), block, into);
            softmax.weigh(tile, largest, scale, into);
            adder.add(tile, few.listed(), few.count(), scores, scale, into);
        }
        adder.flush(into);
    }

    /** Hands rows that the usual arithmetic cannot serve to the plain kernels, and erases them and what fills the tile up. */
    private void settle(boolean usual, Block block, Moments into) {
        if (!usual) {
            // Where all components are switched off, what fills the tile up is not usual either.
            for (int i = 0; i < tile.padded(); i++) {
                if (!softmax.isUsual(i)) {
                    if (i < tile.count()) {
                        plain().accumulate(alone(block, tile.source(i)), into);
                    }
                    erase(i);
                }
            }
        }
        for (int i = tile.count(); i < tile.padded(); i++) {
            eraseScores(i);
        }
    }

    private void erase(int row) {
        tile.erase(row);
        eraseScores(row);
        for (int k = 0; k < components; k++) {
            scores[k * Tile.STRIDE + row] = 0;
        }
    }

    private void eraseScores(int row) {
        softmax.erase(row);
        largest[row] = 0;
    }

    private MomentSums sums(Moments into) {
        MomentSums known = sums;
        if (known == null || summedInto == null || summedInto.scatter() != into.scatter()) {
            known = MomentSums.of(into, forms);
            sums = known;
            summedInto = into;
        }
        return known;
    }

    /** Returns whether all rows are usual ones. */
    private boolean scoreTile() {
        scorer.score(tile, scores, largest);
        return softmax.exponentiate(scores, largest, tile.padded());
    }
}
