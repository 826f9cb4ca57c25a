package org.mixtura.mixture;

import java.util.Arrays;
import org.mixtura.data.Block;
import org.mixtura.data.Rows;
import org.mixtura.data.RowsView;

/** Rows with what a mixture expects in their gaps, E[x_m | x_o]. */
final class CompletedRows extends RowsView {
    private final Imputation imputation;

    CompletedRows(Rows rows, Imputation imputation) {
        super(rows);
        this.imputation = imputation;
    }

    @Override
    public boolean gapped() {
        return false;
    }

    @Override
    public Reader reader() {
        Reader reader = rows.reader();
        return new Reader() {
            private final Block block = new Block();
            private double[] values = new double[0];
            private double[] weights = new double[0];

            @Override
            public Block read(long from, int count) {
                Block read = reader.read(from, count);
                int d = read.dimension();
                values = values.length < count * d ? new double[count * d] : values;
                weights = weights.length < count ? new double[count] : weights;
                System.arraycopy(read.values(), read.offset(), values, 0, count * d);
                for (int i = 0; i < count; i++) {
                    weights[i] = read.weight(i);
                    if (read.gaps(i) > 0) {
                        double[] row = Arrays.copyOfRange(values, i * d, (i + 1) * d);
                        System.arraycopy(imputation.complete(row).mean(), 0, values, i * d, d);
                    }
                }
                block.show(values, 0, count, d, read.weighted() ? weights : null, 0);
                block.showCovariancesOf(read);
                block.showCodesOf(read);
                return block;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
