package org.mixtura.simd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import org.mixtura.benchmarks.Workload;
import org.mixtura.data.Block;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.mixture.CovarianceStructure;

/**
 * Times the phases of a pass one after the other, on one thread: taking and turning rows, scores, exponentials, moments. Each
 * round goes through all rows; for each phase the round that took least counts. Wall time: a busy machine shows in the
 * rounds, not in the least of them.
 */
public final class PhaseTimes {
    private static final String[] PHASES = {"rows", "scores", "exponentials", "moments"};
    private static final int ROWS = 16_384;

    private final Block block = new Block();
    private final int count;
    private final int components;
    private final Moments moments;
    private final Tile tile;
    private final Scorer scorer;
    private final Softmax softmax;
    private final MomentSums sums;
    private final double[] scores;
    private final double[] largest = new double[Tile.ROWS];
    private final double[] scale = new double[Tile.ROWS];
    private final long[] spent = new long[PHASES.length];

    private PhaseTimes(Workload workload) throws IOException {
        QuadraticForms forms =
                workload.fit(workload.start(), workload.rows(), 1, 1).model().forms();
        double[] values = workload.values();
        count = values.length / forms.dimension();
        components = forms.components();
        block.show(values, 0, count, forms.dimension(), null, 0);
        moments = Moments.about(
                forms,
                workload.structure() == CovarianceStructure.DIAGONAL ? Moments.Scatter.DIAGONAL : Moments.Scatter.FULL);
        tile = new Tile(forms.origin());
        scorer = Scorer.of(forms);
        softmax = new Softmax(components);
        sums = MomentSums.of(moments, forms);
        scores = new double[Scorer.wholeBlocks(components) * Tile.STRIDE];
    }

    /**
     * Prints one line of JSON, nanoseconds per row and component.
     *
     * @param arguments the workload's folder, seconds to warm up, seconds to measure
     */
    public static void main(String[] arguments) throws IOException {
        PhaseTimes times = new PhaseTimes(new Workload(Path.of(arguments[0]), ROWS));
        times.least(Double.parseDouble(arguments[1]));
        double[] least = times.least(Double.parseDouble(arguments[2]));
        StringJoiner line = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < PHASES.length; i++) {
            line.add(String.format("\"%s\": %.3f", PHASES[i], least[i]));
        }
        System.out.println(line);
    }

    private double[] least(double seconds) {
        double[] least = new double[PHASES.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            Arrays.fill(spent, 0);
            pass();
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.min(least[i], (double) spent[i] / count / components);
            }
        } while (System.nanoTime() < end);
        return least;
    }

    private void pass() {
        moments.clear();
        for (int first = 0; first < count; ) {
            long began = System.nanoTime();
            first = tile.takeWeighted(block, first);
            long taken = System.nanoTime();
            scorer.score(tile, scores, largest);
            long scored = System.nanoTime();
            softmax.exponentiate(scores, largest, tile.padded());
            softmax.weigh(tile, largest, scale, moments);
            long weighed = System.nanoTime();
            sums.add(tile, scores, scale, moments);
            spent[0] += taken - began;
            spent[1] += scored - taken;
            spent[2] += weighed - scored;
            spent[3] += System.nanoTime() - weighed;
        }
        long began = System.nanoTime();
        sums.flush(moments);
        spent[3] += System.nanoTime() - began;
    }
}
