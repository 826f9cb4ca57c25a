import java.util.ArrayList;
import weka.clusterers.EM;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Weka's EM: diagonal covariances only, and a k-means start of its own, whose time the difference of two fits drops. */
final class WekaPeer {
    public static void main(String[] arguments) throws Exception {
        Timing timing = new Timing(arguments);
        ArrayList<Attribute> columns = new ArrayList<>();
        for (int j = 0; j < timing.d; j++) {
            columns.add(new Attribute("x" + j));
        }
        Instances instances = new Instances("rows", columns, timing.n);
        for (double[] row : timing.rows) {
            instances.add(new DenseInstance(1, row));
        }
        timing.report(
                n -> {
                    EM em = new EM();
                    em.setNumClusters(timing.k);
                    em.setMaxIterations(n);
                    em.setNumKMeansRuns(1);
                    em.setNumExecutionSlots(timing.threads);
                    em.setMinLogLikelihoodImprovementIterating(1e-300);
                    em.setSeed(1);
                    em.buildClusterer(instances);
                },
                5);
    }
}
