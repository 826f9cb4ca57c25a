import elki.clustering.em.EM;
import elki.clustering.em.models.DiagonalGaussianModelFactory;
import elki.clustering.em.models.EMClusterModelFactory;
import elki.clustering.em.models.MultivariateGaussianModelFactory;
import elki.clustering.kmeans.initialization.Predefined;
import elki.data.NumberVector;
import elki.data.model.MeanModel;
import elki.data.type.TypeUtil;
import elki.database.Database;
import elki.database.StaticArrayDatabase;
import elki.database.relation.Relation;
import elki.datasource.ArrayAdapterDatabaseConnection;

/** ELKI's EM; it starts from the given means, but from covariances of its own. */
final class ElkiPeer {
    public static void main(String[] arguments) throws Exception {
        Timing timing = new Timing(arguments);
        elki.logging.LoggingConfiguration.setDefaultLevel(java.util.logging.Level.OFF);
        Database database = new StaticArrayDatabase(new ArrayAdapterDatabaseConnection(timing.rows), null);
        database.initialize();
        Relation<NumberVector> relation = database.getRelation(TypeUtil.NUMBER_VECTOR_FIELD);
        Predefined means = new Predefined(timing.means);
        timing.report(
                timing.diagonal
                        ? run(timing.k, new DiagonalGaussianModelFactory(means), relation)
                        : run(timing.k, new MultivariateGaussianModelFactory(means), relation),
                5);
    }

    private static <M extends MeanModel> Timing.Run run(
            int k, EMClusterModelFactory<NumberVector, M> models, Relation<NumberVector> relation) {
        return n -> new EM<>(k, 0.0, models, n, n, 0.0, false).run(relation);
    }
}
