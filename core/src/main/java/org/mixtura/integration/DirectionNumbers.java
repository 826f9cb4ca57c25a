package org.mixtura.integration;

/**
 * The generator matrices of a Sobol sequence in 64 dimensions.
 *
 * <p>Dimension 1 is van der Corput's sequence; each other has a primitive polynomial over two elements of its own, taken in
 * ascending order, and initial numbers m_1, …, m_s, odd and below 2^i, found by a seeded search for even two-dimensional
 * projections (it stands in the tests, which also check what it promises). Further numbers follow Sobol's recurrence m_i =
 * 2 a_1 m_{i−1} ⊕ 4 a_2 m_{i−2} ⊕ … ⊕ 2^s m_{i−s} ⊕ m_{i−s}.
 *
 * <p>I. M. Sobol, On the distribution of points in a cube and the approximate evaluation of integrals, 1967, <a
 * href="https://doi.org/10.1016/0041-5553(67)90144-9">doi:10.1016/0041-5553(67)90144-9</a>; S. Joe and F. Y. Kuo,
 * Constructing Sobol sequences with better two-dimensional projections, 2008, <a
 * href="https://doi.org/10.1137/070709359">doi:10.1137/070709359</a>, for the criterion.
 */
final class DirectionNumbers {
    /** Columns per matrix, hence at most 2^32 points, and digits per coordinate. */
    static final int DIGITS = 32;

    /** Per dimension from the second: the polynomial's coefficients as bits, leading first, and the initial numbers. */
    private static final int[][] TABLE = {
        {3, 1},
        {7, 1, 3},
        {11, 1, 1, 7},
        {13, 1, 3, 3},
        {19, 1, 3, 3, 3},
        {25, 1, 3, 5, 11},
        {37, 1, 3, 1, 5, 21},
        {41, 1, 3, 5, 3, 15},
        {47, 1, 3, 7, 3, 21},
        {55, 1, 1, 1, 13, 7},
        {59, 1, 1, 7, 7, 17},
        {61, 1, 1, 1, 11, 5},
        {67, 1, 1, 1, 7, 13, 43},
        {91, 1, 1, 5, 11, 7, 53},
        {97, 1, 1, 5, 11, 21, 33},
        {103, 1, 3, 7, 15, 31, 1},
        {109, 1, 3, 3, 11, 19, 63},
        {115, 1, 1, 3, 5, 23, 7},
        {131, 1, 3, 1, 7, 9, 19, 97},
        {137, 1, 1, 1, 7, 1, 47, 119},
        {143, 1, 3, 1, 5, 17, 9, 119},
        {145, 1, 3, 3, 13, 7, 57, 11},
        {157, 1, 1, 1, 15, 13, 25, 81},
        {167, 1, 3, 5, 3, 9, 63, 23},
        {171, 1, 1, 5, 15, 15, 11, 43},
        {185, 1, 1, 7, 5, 9, 49, 127},
        {191, 1, 1, 1, 13, 17, 17, 101},
        {193, 1, 3, 1, 7, 3, 33, 93},
        {203, 1, 1, 3, 15, 7, 33, 49},
        {211, 1, 3, 5, 15, 1, 9, 65},
        {213, 1, 1, 7, 7, 15, 31, 57},
        {229, 1, 1, 3, 3, 15, 11, 97},
        {239, 1, 1, 5, 1, 9, 27, 109},
        {241, 1, 1, 1, 3, 17, 19, 83},
        {247, 1, 1, 7, 9, 17, 27, 109},
        {253, 1, 1, 3, 11, 29, 27, 43},
        {285, 1, 1, 1, 13, 7, 25, 31, 99},
        {299, 1, 3, 5, 9, 5, 47, 121, 175},
        {301, 1, 3, 1, 7, 21, 23, 3, 131},
        {333, 1, 1, 3, 5, 1, 43, 11, 235},
        {351, 1, 1, 3, 7, 31, 13, 59, 239},
        {355, 1, 3, 5, 7, 1, 5, 47, 155},
        {357, 1, 3, 1, 9, 17, 35, 111, 223},
        {361, 1, 1, 7, 1, 19, 61, 57, 71},
        {369, 1, 3, 5, 3, 31, 13, 35, 149},
        {391, 1, 3, 3, 9, 5, 29, 51, 119},
        {397, 1, 3, 5, 11, 31, 9, 29, 145},
        {425, 1, 1, 7, 15, 27, 59, 45, 235},
        {451, 1, 3, 1, 15, 1, 1, 75, 95},
        {463, 1, 3, 7, 9, 25, 7, 21, 105},
        {487, 1, 1, 5, 3, 29, 11, 101, 223},
        {501, 1, 3, 1, 11, 13, 49, 123, 205},
        {529, 1, 3, 5, 11, 9, 37, 61, 21, 441},
        {539, 1, 1, 1, 1, 21, 35, 79, 101, 351},
        {545, 1, 1, 7, 5, 21, 5, 1, 5, 437},
        {557, 1, 1, 5, 5, 15, 39, 105, 243, 377},
        {563, 1, 1, 1, 1, 21, 53, 111, 195, 349},
        {601, 1, 3, 1, 1, 23, 13, 111, 209, 311},
        {607, 1, 3, 7, 9, 1, 35, 77, 19, 467},
        {617, 1, 1, 1, 11, 7, 57, 51, 179, 379},
        {623, 1, 3, 5, 3, 15, 51, 91, 153, 137},
        {631, 1, 1, 7, 1, 9, 23, 45, 161, 35},
        {637, 1, 1, 5, 15, 11, 31, 87, 193, 271}
    };

    private DirectionNumbers() {}

    /** The number of dimensions. */
    static int dimensions() {
        return TABLE.length + 1;
    }

    /** The table's row for a dimension from 1: the polynomial and the initial numbers. */
    static int[] row(int dimension) {
        return TABLE[dimension - 1].clone();
    }

    /**
     * The columns of a dimension's generator matrix, most significant digit first.
     *
     * @param dimension from 0
     * @return 32 columns of 32 digits
     */
    static int[] columns(int dimension) {
        return dimension == 0 ? vanDerCorput() : columns(TABLE[dimension - 1]);
    }

    static int[] vanDerCorput() {
        int[] columns = new int[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            columns[i] = 1 << (DIGITS - 1 - i);
        }
        return columns;
    }

    /** The columns v_i = m_i 2^{−i} from a row of the table. */
    static int[] columns(int[] row) {
        int polynomial = row[0];
        int degree = row.length - 1;
        int[] columns = new int[DIGITS];
        for (int i = 0; i < degree; i++) {
            columns[i] = row[i + 1] << (DIGITS - 1 - i);
        }
        for (int i = degree; i < DIGITS; i++) {
            int column = columns[i - degree] ^ (columns[i - degree] >>> degree);
            for (int j = 1; j < degree; j++) {
                if ((polynomial >> (degree - j) & 1) == 1) {
                    column ^= columns[i - j];
                }
            }
            columns[i] = column;
        }
        return columns;
    }
}
