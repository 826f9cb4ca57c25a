package org.mixtura.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.mixtura.data.Block;

/** How many rows a partition has, and the range of each column. */
final class PartitionFacts implements Serializable {
    private static final long serialVersionUID = 1;

    private long rows;
    private double[] smallest = {};
    private double[] largest = {};

    /** Facts of no rows. */
    PartitionFacts() {}

    /** The facts of a partition, and this reading is what fills its cache. */
    static Iterator<PartitionFacts> of(Iterator<RowBlock> blocks) {
        PartitionFacts facts = new PartitionFacts();
        Block block = new Block();
        while (blocks.hasNext()) {
            blocks.next().show(block);
            facts.accept(block);
        }
        return List.of(facts).iterator();
    }

    private void accept(Block block) {
        spread(block.dimension());
        rows += block.count();
        for (int i = 0; i < block.count(); i++) {
            for (int j = 0; j < smallest.length; j++) {
                smallest[j] = Math.min(smallest[j], block.get(i, j));
                largest[j] = Math.max(largest[j], block.get(i, j));
            }
        }
    }

    private void spread(int dimension) {
        if (smallest.length == 0) {
            smallest = new double[dimension];
            largest = new double[dimension];
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        }
    }

    /**
     * Adds the facts of another partition.
     *
     * @throws IllegalArgumentException if its rows have another number of values
     */
    void add(PartitionFacts other) {
        if (other.rows == 0) {
            return;
        }
        spread(other.smallest.length);
        if (other.smallest.length != smallest.length) {
            throw new IllegalArgumentException("some rows have " + smallest.length + " features, others "
                    + other.smallest.length + "; all rows need the same number");
        }
        rows += other.rows;
        for (int j = 0; j < smallest.length; j++) {
            smallest[j] = Math.min(smallest[j], other.smallest[j]);
            largest[j] = Math.max(largest[j], other.largest[j]);
        }
    }

    long rows() {
        return rows;
    }

    int dimension() {
        return smallest.length;
    }

    double[] smallest() {
        return smallest;
    }

    double[] largest() {
        return largest;
    }
}
