package org.mixtura.integration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The search that made the table of {@link DirectionNumbers}: dimension after dimension takes the next primitive polynomial
 * and, of seeded random initial numbers, those whose two-dimensional projections with all dimensions before are most even.
 *
 * <p>Evenness of a projection at 2^m points is its quality t: each elementary interval of area 2^{t−m} holds exactly 2^t
 * points. Candidates are compared by the sum over the dimensions before and over m = 4, 6, …, 14 of 4^t, so that one bad
 * pair weighs more than many middling ones.
 */
final class DirectionSearch {
    private static final int CANDIDATES = 1024;
    private static final int[] SIZES = {4, 6, 8, 10, 12, 14};

    private DirectionSearch() {}

    /** Rows of polynomial (leading coefficient first) and initial numbers, for dimensions 2, 3, …. */
    static int[][] search(int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> rows = new ArrayList<>();
        List<int[]> columns = new ArrayList<>();
        columns.add(DirectionNumbers.vanDerCorput());
        for (int polynomial : primitivePolynomials(dimensions - 1)) {
            int degree = degree(polynomial);
            long best = Long.MAX_VALUE;
            int[] bestRow = new int[0];
            int[] bestColumns = new int[0];
            for (int c = 0; c < CANDIDATES; c++) {
                int[] row = new int[degree + 1];
                row[0] = polynomial;
                for (int i = 1; i <= degree; i++) {
                    row[i] = 2 * random.nextInt(1 << (i - 1)) + 1;
                }
                int[] candidate = DirectionNumbers.columns(row);
                long penalty = penalty(columns, candidate, best);
                if (penalty < best) {
                    best = penalty;
                    bestRow = row;
                    bestColumns = candidate;
                }
            }
            rows.add(bestRow);
            columns.add(bestColumns);
        }
        return rows.toArray(int[][]::new);
    }

    private static long penalty(List<int[]> before, int[] candidate, long best) {
        long penalty = 0;
        for (int[] other : before) {
            for (int m : SIZES) {
                penalty += 1L << (2 * quality(other, candidate, m));
            }
            if (penalty >= best) {
                return penalty;
            }
        }
        return penalty;
    }

    /** The smallest t for which the first 2^m points of a two-dimensional digital sequence are a (t, m, 2)-net. */
    static int quality(int[] first, int[] second, int m) {
        for (int t = 0; t < m; t++) {
            boolean even = true;
            for (int rows = 0; rows <= m - t && even; rows++) {
                even = independent(first, rows, second, m - t - rows, m);
            }
            if (even) {
                return t;
            }
        }
        return m;
    }

    /** Whether the first rows of two generator matrices, cut to m columns, are linearly independent over two elements. */
    private static boolean independent(int[] first, int rowsOfFirst, int[] second, int rowsOfSecond, int m) {
        int[] basis = new int[m];
        for (int r = 0; r < rowsOfFirst + rowsOfSecond; r++) {
            int row = r < rowsOfFirst ? row(first, r, m) : row(second, r - rowsOfFirst, m);
            while (row != 0) {
                int lead = Integer.numberOfTrailingZeros(row);
                if (basis[lead] == 0) {
                    basis[lead] = row;
                    break;
                }
                row ^= basis[lead];
            }
            if (row == 0) {
                return false;
            }
        }
        return true;
    }

    private static int row(int[] columns, int digit, int m) {
        int row = 0;
        for (int c = 0; c < m; c++) {
            row |= ((columns[c] >>> (31 - digit)) & 1) << c;
        }
        return row;
    }

    static int degree(int polynomial) {
        return 31 - Integer.numberOfLeadingZeros(polynomial);
    }

    /** The first primitive polynomials over two elements, by degree and then by value. */
    static int[] primitivePolynomials(int count) {
        int[] found = new int[count];
        int at = 0;
        for (int polynomial = 3; at < count; polynomial += 2) {
            if (primitive(polynomial)) {
                found[at++] = polynomial;
            }
        }
        return found;
    }

    /** Whether the powers of x run through all 2^degree − 1 residues before they return to one. */
    static boolean primitive(int polynomial) {
        int degree = degree(polynomial);
        int order = 0;
        int power = 1;
        do {
            power <<= 1;
            if ((power >> degree & 1) == 1) {
                power ^= polynomial;
            }
            order++;
        } while (power != 1 && power != 0 && order < 1 << degree);
        return power == 1 && order == (1 << degree) - 1;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        for (int[] row : search(64, 1)) {
            System.out.println("    " + Arrays.toString(row).replace('[', '{').replace(']', '}') + ",");
        }
    }
}
