package org.mixtura.kernel;

import org.apache.commons.numbers.gamma.LogGamma;
import org.mixtura.data.Block;
import org.mixtura.testing.Generator;
import org.mixtura.testing.TextbookMixture;

/** Random quadratic forms, and their scores by the definition. */
final class FormsFixture {
    private FormsFixture() {}

    /** K forms of one shape whose scores of standard normal rows are moderate. */
    static QuadraticForms random(Generator generator, QuadraticForms.Factor factor, int k, double[] origin) {
        int d = origin.length;
        double[] centres = generator.vector(k * d);
        double[] constants = generator.vector(k);
        double[][] factors = new double[k][];
        for (int c = 0; c < k; c++) {
            factors[c] = generator.vector(QuadraticForms.size(factor, d));
            for (int i = 0; i < factors[c].length; i++) {
                factors[c][i] /= Math.sqrt(d);
            }
        }
        return QuadraticForms.of(factor, origin, centres, constants, factors);
    }

    /** x − o − m_k. */
    static double[] deviation(QuadraticForms forms, int k, double[] x) {
        double[] deviation = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            deviation[j] = (x[j] - forms.origin()[j]) - forms.centres()[k * x.length + j];
        }
        return deviation;
    }

    /** The element (i, j) of A_k. */
    static double element(QuadraticForms forms, int k, int i, int j) {
        double[] factor = forms.factor(k);
        return switch (forms.factor()) {
            case TRIANGULAR -> j <= i ? factor[i * (i + 1) / 2 + j] : 0;
            case DIAGONAL -> i == j ? factor[i] : 0;
            case SCALAR -> i == j ? factor[0] : 0;
        };
    }

    /** ‖A_k (x − o − m_k)‖². */
    static double square(QuadraticForms forms, int k, double[] x) {
        double[] deviation = deviation(forms, k, x);
        double square = 0;
        for (int i = 0; i < x.length; i++) {
            double y = 0;
            for (int j = 0; j < x.length; j++) {
                y += element(forms, k, i, j) * deviation[j];
            }
            square += y * y;
        }
        return square;
    }

    /** What replaces −½ q in the score of a component with tails. */
    private static double tail(double freedom, int d, double q) {
        return LogGamma.value((freedom + d) / 2)
                - LogGamma.value(freedom / 2)
                - d / 2.0 * Math.log(freedom / 2)
                - (freedom + d) / 2 * Math.log(1 + q / freedom);
    }

    /** s_k(x) = c_k − ½ ‖A_k (x − o − m_k)‖² of each component, or with its tail. */
    static double[] scores(QuadraticForms forms, double[] x) {
        double[] scores = new double[forms.components()];
        for (int k = 0; k < scores.length; k++) {
            double square = square(forms, k, x);
            boolean tail = forms.tailed() && Double.isFinite(forms.degreesOfFreedom()[k]);
            scores[k] =
                    forms.constants()[k] + (tail ? tail(forms.degreesOfFreedom()[k], x.length, square) : -0.5 * square);
        }
        return scores;
    }

    static double logDensity(QuadraticForms forms, double[] x) {
        return TextbookMixture.logSumExp(scores(forms, x));
    }

    /** One row of a block. */
    static double[] row(Block block, int i) {
        double[] row = new double[block.dimension()];
        for (int j = 0; j < row.length; j++) {
            row[j] = block.get(i, j);
        }
        return row;
    }

    /** A block over some rows that does not start where its arrays do. */
    static Block block(double[][] rows, int count, double[] weights) {
        int d = rows[0].length;
        double[] values = new double[3 + count * d];
        double[] shiftedWeights = new double[2 + count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows[i], 0, values, 3 + i * d, d);
            shiftedWeights[2 + i] = weights.length == 0 ? 1 : weights[i];
        }
        Block block = new Block();
        block.show(values, 3, count, d, weights.length == 0 ? null : shiftedWeights, 2);
        return block;
    }
}
