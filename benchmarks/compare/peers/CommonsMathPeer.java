import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.util.Pair;

/** The EM of Commons Math 3. */
final class CommonsMathPeer {
    public static void main(String[] arguments) throws Exception {
        Timing timing = new Timing(arguments);
        double[][] covariance = new double[timing.d][timing.d];
        for (int j = 0; j < timing.d; j++) {
            covariance[j][j] = timing.variances[j];
        }
        List<Pair<Double, MultivariateNormalDistribution>> components = new ArrayList<>();
        for (double[] mean : timing.means) {
            components.add(new Pair<>(1.0 / timing.k, new MultivariateNormalDistribution(mean, covariance)));
        }
        MixtureMultivariateNormalDistribution start = new MixtureMultivariateNormalDistribution(components);
        var em = new MultivariateNormalMixtureExpectationMaximization(timing.rows);
        timing.report(
                n -> {
                    try {
                        em.fit(start, n, 1e-300);
                    } catch (ConvergenceException e) {
                        // Its word for having made all iterations asked for.
                    }
                },
                5);
    }
}
