package org.mixtura.transport;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The transportation problem min Σ x_ij C_ij over x ≥ 0 with row sums a and column sums b, solved exactly by the simplex
 * method on spanning trees (Dantzig 1951).
 *
 * <p>A basic solution is a tree over the m rows and n columns, m + n − 1 cells that carry flow; potentials with u_i + v_j =
 * C_ij on the tree show it optimal when C_ij − u_i − v_j ≥ 0 everywhere, else a cell where this fails enters the tree and
 * closes a cycle, around which flow moves until a cell runs empty and leaves.
 *
 * <p>Supplies and demands are whole numbers, so that sums are exact and a tie is a tie, and each basic solution is kept from
 * carrying zero flow by Orden's perturbation: everything times m + 1, each row plus 1, the last column plus m. No proper
 * part of the rows then balances a part of the columns, so each step lowers the cost and none can be repeated.
 *
 * <p>Not for large problems: a step costs O(m + n) beside the search for the entering cell, and the start sorts all m n
 * cells.
 */
final class TransportSimplex {
    /** A reduced cost counts as negative below this, relative to the numbers of which it is the difference. */
    private static final double ROUNDING = 1e-14;

    /** Steps per row and column. Problems take about ten; so many would mean that rounding made the method repeat itself. */
    private static final int MOST_STEPS = 1000;

    private final int m;
    private final int n;
    private final long[] supply;
    private final long[] demand;
    private final double[] rowMinimum;
    /** What the cells cost more than the cheapest of their row, which keeps the potentials small; m × n, row by row. */
    private final double[] cost;

    /** The cells of the tree as nodes: row i is node i, column j node m + j. */
    private final int[] cellRow;

    private final int[] cellColumn;
    private final long[] flow;

    /** The tree seen from row 0: the nodes in breadth-first order, and of each its parent, the cell between, its depth. */
    private final int[] order;

    private final int[] parent;
    private final int[] parentCell;
    private final int[] depth;
    /** u_i, then v_j. */
    private final double[] potential;

    private final int[] firstEdge;
    private final int[] edges;
    private final int[] losers;
    private final int[] gainers;
    private int nextRow;
    private int steps;

    /**
     * Solves a problem.
     *
     * @param supply a, m positive numbers
     * @param demand b, n positive numbers of the same sum, which times m + 1 must stay below 2⁶³
     * @param costs C, m × n finite numbers, row by row
     */
    TransportSimplex(long[] supply, long[] demand, double[] costs) {
        this.m = supply.length;
        this.n = demand.length;
        this.supply = supply;
        this.demand = demand;
        this.rowMinimum = new double[m];
        this.cost = new double[m * n];
        for (int i = 0; i < m; i++) {
            rowMinimum[i] = Arrays.stream(costs, i * n, (i + 1) * n).min().orElse(0);
            for (int j = 0; j < n; j++) {
                cost[i * n + j] = costs[i * n + j] - rowMinimum[i];
            }
        }
        this.cellRow = new int[m + n - 1];
        this.cellColumn = new int[m + n - 1];
        this.flow = new long[m + n - 1];
        this.order = new int[m + n];
        this.parent = new int[m + n];
        this.parentCell = new int[m + n];
        this.depth = new int[m + n];
        this.potential = new double[m + n];
        this.firstEdge = new int[m + n + 1];
        this.edges = new int[2 * (m + n - 1)];
        this.losers = new int[m + n];
        this.gainers = new int[m + n];
        startWithCheapestCells();
        hangTree();
        for (int entering = enteringCell(); entering >= 0; entering = enteringCell()) {
            if (steps == MOST_STEPS * (m + n)) {
                throw new IllegalStateException(
                        "no optimum of " + m + " × " + n + " cells after " + steps + " steps of the simplex method");
            }
            pivot(entering / n, entering % n);
            hangTree();
            steps++;
        }
    }

    /** Fills the cells from the cheapest on, each as far as its row or its column allows. */
    private void startWithCheapestCells() {
        long[] left = new long[m];
        Arrays.setAll(left, i -> supply[i] * (m + 1) + 1);
        long[] open = new long[n];
        Arrays.setAll(open, j -> demand[j] * (m + 1) + (j == n - 1 ? m : 0));
        int cells = 0;
        int[] cheapest = IntStream.range(0, m * n)
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> cost[cell]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int cell : cheapest) {
            int i = cell / n;
            int j = cell % n;
            long amount = Math.min(left[i], open[j]);
            if (amount > 0) {
                left[i] -= amount;
                open[j] -= amount;
                cellRow[cells] = i;
                cellColumn[cells] = m + j;
                flow[cells] = amount;
                cells++;
            }
        }
        if (cells != m + n - 1) {
            throw new IllegalStateException("a start of " + cells + " cells for " + m + " rows and " + n + " columns");
        }
    }

    /** Walks the tree from row 0 and sets order, parents, depths and potentials. */
    private void hangTree() {
        Arrays.fill(firstEdge, 0);
        for (int cell = 0; cell < flow.length; cell++) {
            firstEdge[cellRow[cell] + 1]++;
            firstEdge[cellColumn[cell] + 1]++;
        }
        for (int node = 0; node < m + n; node++) {
            firstEdge[node + 1] += firstEdge[node];
        }
        int[] next = Arrays.copyOf(firstEdge, m + n);
        for (int cell = 0; cell < flow.length; cell++) {
            edges[next[cellRow[cell]]++] = cell;
            edges[next[cellColumn[cell]]++] = cell;
        }
        order[0] = 0;
        parent[0] = -1;
        parentCell[0] = -1;
        int seen = 1;
        for (int at = 0; at < m + n; at++) {
            int node = order[at];
            for (int edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
                int cell = edges[edge];
                if (cell != parentCell[node]) {
                    int child = cellRow[cell] + cellColumn[cell] - node;
                    parent[child] = node;
                    parentCell[child] = cell;
                    depth[child] = depth[node] + 1;
                    potential[child] = cost(cell) - potential[node];
                    order[seen++] = child;
                }
            }
        }
    }

    private double cost(int cell) {
        return cost[cellRow[cell] * n + cellColumn[cell] - m];
    }

    /** The cell of the most negative reduced cost in the next row that has one, or −1. */
    private int enteringCell() {
        for (int tried = 0; tried < m; tried++) {
            int i = nextRow;
            nextRow = (nextRow + 1) % m;
            double u = potential[i];
            int best = -1;
            double least = 0;
            for (int j = 0; j < n; j++) {
                double c = cost[i * n + j];
                double v = potential[m + j];
                double reduced = c - u - v;
                if (reduced < least && reduced < -ROUNDING * (Math.abs(c) + Math.abs(u) + Math.abs(v))) {
                    least = reduced;
                    best = j;
                }
            }
            if (best >= 0) {
                return i * n + best;
            }
        }
        return -1;
    }

    /** Moves flow around the cycle that a cell closes; the cell takes the place of the one that runs empty. */
    private void pivot(int row, int column) {
        int losing = 0;
        int gaining = 0;
        int leaving = -1;
        int x = row;
        int y = m + column;
        while (x != y) {
            boolean rowSide = depth[x] >= depth[y];
            int node = rowSide ? x : y;
            int cell = parentCell[node];
            // Row and column of the entering cell give up what it takes, and the loss alternates from there on.
            if ((node < m) == rowSide) {
                losers[losing++] = cell;
                leaving = leaving < 0 || flow[cell] < flow[leaving] ? cell : leaving;
            } else {
                gainers[gaining++] = cell;
            }
            x = rowSide ? parent[x] : x;
            y = rowSide ? y : parent[y];
        }
        long amount = flow[leaving];
        for (int at = 0; at < losing; at++) {
            flow[losers[at]] -= amount;
        }
        for (int at = 0; at < gaining; at++) {
            flow[gainers[at]] += amount;
        }
        cellRow[leaving] = row;
        cellColumn[leaving] = m + column;
        flow[leaving] = amount;
    }

    /** {@return the optimal x, m × n, row by row: the flow on the tree, now without the perturbation} */
    long[] flow() {
        long[] result = new long[m * n];
        long[] surplus = new long[m + n];
        System.arraycopy(supply, 0, surplus, 0, m);
        for (int j = 0; j < n; j++) {
            surplus[m + j] = -demand[j];
        }
        // From the leaves to the root each node sends its surplus to its parent, or fetches what it lacks.
        for (int at = m + n - 1; at > 0; at--) {
            int node = order[at];
            int cell = parentCell[node];
            result[cellRow[cell] * n + cellColumn[cell] - m] = Math.abs(surplus[node]);
            surplus[parent[node]] += surplus[node];
        }
        return result;
    }

    /** u, m values, so that u_i + v_j ≤ C_ij for some v, and equal on the tree. */
    double[] rowPotentials() {
        double[] u = new double[m];
        Arrays.setAll(u, i -> potential[i] + rowMinimum[i]);
        return u;
    }
}
