package org.mixtura.fit;

import org.mixtura.data.Rows;
import org.mixtura.kernel.Extents;
import org.mixtura.kernel.RowSummary;
import org.mixtura.mixture.Box;

/**
 * The box that noise fills: of the smallest box along the columns and the smallest along the principal axes of the rows the one
 * of less volume, as mclust's hypvol. The principal axes are those of the columns divided by their standard deviations, where
 * mclust takes the columns as they are, so that units do not matter. Around rows with gaps it is the box along the columns.
 */
final class NoiseBox {
    /** A principal axis that the rows reach along by less than this share of a standard deviation is rounding. */
    private static final double FLAT = 1e-6;

    private NoiseBox() {}

    /**
     * The box around rows.
     *
     * @return relative to the summary's origin
     * @throws IllegalArgumentException if a column is constant
     */
    static Box around(Rows rows, RowSummary summary, int threads) {
        double[] origin = summary.origin();
        int d = origin.length;
        double[] corner = new double[d];
        double[][] edges = new double[d][d];
        for (int j = 0; j < d; j++) {
            if (summary.isConstant(j)) {
                throw new IllegalArgumentException("column \"" + rows.columns().get(j) + "\" is " + summary.smallest(j)
                        + " in all rows: noise has no volume there; leave the column out");
            }
            corner[j] = summary.smallest(j) - origin[j];
            edges[j][j] = summary.largest(j) - summary.smallest(j);
        }
        Box straight = Box.of(corner, edges);
        if (rows.gapped()) {
            // How far a row with gaps reaches along an axis that is not a column is not known.
            return straight;
        }
        double[] scales = summary.scales();
        double[][] axes = axes(summary, scales);
        if (axes.length < d) {
            return straight;
        }
        double[][] directions = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int j = 0; j < d; j++) {
                directions[a][j] = axes[a][j] / scales[j];
            }
        }
        Extents extents = Extents.of(rows, origin, directions, threads);
        double[] turnedCorner = new double[d];
        double[][] turned = new double[d][d];
        for (int a = 0; a < d; a++) {
            double length = extents.greatest(a) - extents.least(a);
            if (!(length > FLAT)) {
                return straight;
            }
            for (int j = 0; j < d; j++) {
                turned[a][j] = length * axes[a][j] * scales[j];
                turnedCorner[j] += extents.least(a) * axes[a][j] * scales[j];
            }
        }
        Box oblique = Box.of(turnedCorner, turned);
        return oblique.logVolume() < straight.logVolume() ? oblique : straight;
    }

    /** The eigenvectors of the correlation matrix, one a row; none if they are not found. */
    private static double[][] axes(RowSummary summary, double[] scales) {
        return ScaledAxes.of(summary.covariance(), scales)
                .map(ScaledAxes::vectors)
                .orElse(new double[0][]);
    }
}
