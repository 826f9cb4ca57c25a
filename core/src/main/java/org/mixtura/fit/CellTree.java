package org.mixtura.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.Sample;
import org.mixtura.kernel.RowSummary;

/** Cuts of the space into boxes, one after another across the box in which rows vary most, and the box of any row. */
final class CellTree {
    /** Numbers that are looked at in memory: 16 MB. */
    private static final int MOST_NUMBERS = 1 << 21;

    private static final int BLOCK = 4096;
    private static final long SEED = 1;

    private final int d;
    private final double[] scales;
    /** Rows relative to the origin, in memory. */
    private final double[] values;

    private final double[] weights;
    /** The numbers of the rows; those of a cell stand together. */
    private final int[] order;

    private final int[] columns;
    private final double[] thresholds;
    /** The nodes below each node: at most its threshold, and above; −1 − c for cell c. */
    private final int[][] below;

    private final List<Cell> cells = new ArrayList<>();

    /** Some rows in a box: where their numbers stand, and how they vary. */
    private final class Cell {
        private final int from;
        private final int to;
        private final int number;
        private final double[] mean = new double[d];
        private int widest;
        private double priority;

        Cell(int from, int to, int number) {
            this.from = from;
            this.to = to;
            this.number = number;
            double weight = 0;
            double[] squares = new double[d];
            for (int i = from; i < to; i++) {
                double w = weights[order[i]];
                weight += w;
                for (int j = 0; j < d; j++) {
                    double step = values[order[i] * d + j] - mean[j];
                    mean[j] += step * (w / weight);
                    squares[j] += w * step * (values[order[i] * d + j] - mean[j]);
                }
            }
            for (int j = 0; j < d; j++) {
                double spread = squares[j] / scales[j] / scales[j];
                if (spread > priority) {
                    priority = spread;
                    widest = j;
                }
            }
        }

        double priority() {
            return priority;
        }

        int number() {
            return number;
        }

        /** Puts the rows of at most the mean of the widest column first; gives where the others start. */
        int part() {
            int left = from;
            int right = to - 1;
            while (left <= right) {
                if (values[order[left] * d + widest] <= mean[widest]) {
                    left++;
                } else {
                    int row = order[left];
                    order[left] = order[right];
                    order[right--] = row;
                }
            }
            return left;
        }
    }

    private CellTree(double[] values, double[] weights, double[] scales, int count) {
        this.d = scales.length;
        this.scales = scales;
        this.values = values;
        this.weights = weights;
        this.order = new int[weights.length];
        Arrays.setAll(order, i -> i);
        this.columns = new int[count];
        this.thresholds = new double[count];
        this.below = new int[count][2];
        cut(count);
    }

    /**
     * Cuts.
     *
     * @param rows points without gaps, some of them with weight
     * @param count how many cells at most
     */
    static CellTree of(Rows rows, int count, RowSummary summary) {
        int d = rows.dimension();
        int most = MOST_NUMBERS / d;
        Rows some = rows.count() <= most ? rows : Sample.of(rows, most, SEED).rows();
        double[] origin = summary.origin();
        double[] values = new double[Math.toIntExact(some.count()) * d];
        double[] weights = new double[(int) some.count()];
        int taken = 0;
        try (Rows.Reader reader = some.reader()) {
            for (long first = 0; first < some.count(); first += BLOCK) {
                Block block = reader.read(first, (int) Math.min(BLOCK, some.count() - first));
                for (int i = 0; i < block.count(); i++) {
                    if (block.weight(i) > 0) {
                        for (int j = 0; j < d; j++) {
                            values[taken * d + j] = block.get(i, j) - origin[j];
                        }
                        weights[taken++] = block.weight(i);
                    }
                }
            }
        }
        return new CellTree(values, Arrays.copyOf(weights, taken), summary.scales(), count);
    }

    private void cut(int count) {
        PriorityQueue<Cell> queue = new PriorityQueue<>(
                Comparator.comparingDouble(Cell::priority).reversed().thenComparing(Cell::number));
        // Where the node above a cell points to it.
        int[] above = new int[count];
        Arrays.fill(above, -1);
        cells.add(new Cell(0, order.length, 0));
        queue.add(cells.get(0));
        int nodes = 0;
        while (cells.size() < count && !queue.isEmpty()) {
            Cell cell = queue.remove();
            int middle = cell.priority > 0 ? cell.part() : cell.from;
            if (middle == cell.from || middle == cell.to) {
                continue;
            }
            Cell low = new Cell(cell.from, middle, cell.number);
            Cell high = new Cell(middle, cell.to, cells.size());
            columns[nodes] = cell.widest;
            thresholds[nodes] = cell.mean[cell.widest];
            below[nodes] = new int[] {-1 - low.number, -1 - high.number};
            if (above[cell.number] >= 0) {
                below[above[cell.number] / 2][above[cell.number] % 2] = nodes;
            }
            above[low.number] = 2 * nodes;
            above[high.number] = 2 * nodes + 1;
            nodes++;
            cells.set(low.number, low);
            cells.add(high);
            queue.add(low);
            queue.add(high);
        }
    }

    /** The means of the rows that were looked at in each cell, relative to the origin, cell by cell. */
    double[] centres() {
        double[] centres = new double[cells.size() * d];
        for (Cell cell : cells) {
            System.arraycopy(cell.mean, 0, centres, cell.number * d, d);
        }
        return centres;
    }

    /** The cell of a row relative to the origin. */
    int cell(double[] x) {
        int node = cells.size() > 1 ? 0 : -1;
        while (node >= 0) {
            node = below[node][x[columns[node]] <= thresholds[node] ? 0 : 1];
        }
        return -1 - node;
    }
}
