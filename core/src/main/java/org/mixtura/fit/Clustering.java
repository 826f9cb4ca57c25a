package org.mixtura.fit;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.RowSummary;
import org.mixtura.kernel.Scan;
import org.mixtura.kernel.Seeding;

/** How a start by k-means finds its centres, and to which of them a row may go. */
interface Clustering {
    /**
     * Rows as distances are measured between them.
     *
     * @param rows the rows
     * @param scales what to divide each column by, d values
     * @param image where a point of the table's columns lies among them
     * @param threads how many threads may work
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Space(Rows rows, double[] scales, UnaryOperator<double[]> image, int threads) {
        /** The squared distance of two rows. */
        double square(double[] a, double[] b) {
            double square = 0;
            for (int j = 0; j < a.length; j++) {
                double step = (a[j] - b[j]) / scales[j];
                square += step * step;
            }
            return square;
        }
    }

    /** Any rows may go together. */
    Clustering FREE = new Clustering() {
        @Override
        public double[][] centres(Space space, int components, RandomGenerator random) {
            return Seeding.greedyCentres(space.rows, components, space.scales, random, space.threads);
        }

        @Override
        public Scan.Assignment nearest(double[][] centres, double[] scales) {
            return Seeding.nearest(centres, scales);
        }
    };

    /**
     * First centres.
     *
     * @return K rows of d values, or fewer if there are fewer different rows
     * @throws CollapseException if there are no rows for a component
     */
    double[][] centres(Space space, int components, RandomGenerator random);

    /** The covariance, packed, by which columns are made uncorrelated, and whose diagonal says what a unit is in each. */
    default double[] spread(RowSummary summary) {
        return summary.covariance();
    }

    /** To which centre each row goes. */
    Scan.Assignment nearest(double[][] centres, double[] scales);

    /** The moments of rows that went to their centres, with what is known of components that got none. */
    default Moments completed(Moments moments) {
        return moments;
    }
}
