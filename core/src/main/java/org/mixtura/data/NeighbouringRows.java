package org.mixtura.data;

/**
 * The order of rows in which those that are near each other in space follow one another: stretches of {@link #LEAF} rows are the
 * leaves of a k-d tree (Bentley 1975, <a href="https://doi.org/10.1145/361002.361007">doi:10.1145/361002.361007</a>), each halved
 * across the column in which its rows vary most. Passes over them meet few of many components at a time.
 *
 * <p>The order depends on the rows alone.
 */
public final class NeighbouringRows {
    /** Rows in a leaf. */
    private static final int LEAF = 256;

    /** Rows of a branch that are looked at to choose its column. */
    private static final int LOOKED_AT = 1024;

    private NeighbouringRows() {}

    /**
     * Some rows in an order in which near ones follow one another.
     *
     * @param rows the rows
     * @return their new order; the rows themselves if any of them is not at hand ({@link ReorderedRows#serves})
     */
    public static Rows of(Rows rows) {
        return ReorderedRows.serves(rows) ? ReorderedRows.of(rows, new Tree(rows).order) : rows;
    }

    /** Finds the order. */
    private static final class Tree {
        private final Rows.Reader reader;
        private final int dimension;
        private final int[] order;
        /** Of the rows of a branch, in their order, the values in one column. */
        private final double[] keys;

        Tree(Rows rows) {
            this.reader = rows.reader();
            this.dimension = rows.dimension();
            this.order = new int[(int) rows.count()];
            this.keys = new double[order.length];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            divide(0, order.length);
        }

        private void divide(int from, int to) {
            int leaves = (to - from + LEAF - 1) / LEAF;
            if (leaves < 2) {
                return;
            }
            int column = widest(from, to);
            for (int i = from; i < to; i++) {
                keys[i] = value(i, column);
            }
            int middle = from + leaves / 2 * LEAF;
            partition(from, to - 1, middle);
            divide(from, middle);
            divide(middle, to);
        }

        private double value(int place, int column) {
            Block row = reader.read(order[place], 1);
            return row.get(0, column);
        }

        /** The column of largest variance among those whose values are numbers. */
        private int widest(int from, int to) {
            int step = (to - from + LOOKED_AT - 1) / LOOKED_AT;
            int widest = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < dimension; j++) {
                double mean = 0;
                double squares = 0;
                int count = 0;
                for (int i = from; i < to; i += step) {
                    double away = value(i, j) - mean;
                    count++;
                    mean += away / count;
                    squares += away * (value(i, j) - mean);
                }
                if (squares > most) {
                    most = squares;
                    widest = j;
                }
            }
            return widest;
        }

        /** Hoare's selection: afterwards no key before a place is larger than one from there on. */
        private void partition(int first, int last, int place) {
            int low = first;
            int high = last;
            while (low < high) {
                double pivot = keys[(low + high) >>> 1];
                int a = low;
                int b = high;
                while (a <= b) {
                    while (keys[a] < pivot) {
                        a++;
                    }
                    while (keys[b] > pivot) {
                        b--;
                    }
                    if (a <= b) {
                        swap(a, b);
                        a++;
                        b--;
                    }
                }
                if (place <= b) {
                    high = b;
                } else if (place >= a) {
                    low = a;
                } else {
                    return;
                }
            }
        }

        private void swap(int a, int b) {
            double key = keys[a];
            keys[a] = keys[b];
            keys[b] = key;
            int row = order[a];
            order[a] = order[b];
            order[b] = row;
        }
    }
}
