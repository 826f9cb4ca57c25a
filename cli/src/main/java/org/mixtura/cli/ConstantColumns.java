package org.mixtura.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;

/** Finds the columns that have the same value in every row that counts: no density has a place for them. */
final class ConstantColumns {
    private static final int BLOCK = 1024;

    private ConstantColumns() {}

    /** The names of the constant columns and their values, in the order of the columns. */
    static Map<String, Double> of(Rows rows) {
        int d = rows.dimension();
        double[] first = new double[d];
        boolean[] varies = new boolean[d];
        Arrays.fill(first, Double.NaN);
        try (Rows.Reader reader = rows.reader()) {
            for (long from = 0; from < rows.count() && !allTrue(varies); from += BLOCK) {
                Block block = reader.read(from, (int) Math.min(BLOCK, rows.count() - from));
                for (int i = 0; i < block.count(); i++) {
                    if (!(block.weight(i) > 0)) {
                        continue;
                    }
                    for (int j = 0; j < d; j++) {
                        double value = block.get(i, j);
                        // A gap is no value of its own.
                        if (Double.isNaN(first[j])) {
                            first[j] = value;
                        } else if (value != first[j] && !Double.isNaN(value)) {
                            varies[j] = true;
                        }
                    }
                }
            }
        }
        Map<String, Double> constant = new LinkedHashMap<>();
        for (int j = 0; j < d; j++) {
            if (!varies[j] && !Double.isNaN(first[j])) {
                constant.put(rows.columns().get(j), first[j]);
            }
        }
        return constant;
    }

    private static boolean allTrue(boolean... flags) {
        for (boolean flag : flags) {
            if (!flag) {
                return false;
            }
        }
        return true;
    }
}
