/** Gaussian mixtures as values, the estimators that fit them and the questions to ask them. */
module org.mixtura {
    requires ejml.core;
    requires ejml.ddense;
    requires org.apache.commons.numbers.gamma;
    requires transitive tools.jackson.core;
    requires static org.jspecify;

    exports org.mixtura.anomaly;
    exports org.mixtura.bayes;
    exports org.mixtura.data;
    exports org.mixtura.fit;
    exports org.mixtura.io;
    exports org.mixtura.divergence;
    exports org.mixtura.entropy;
    exports org.mixtura.integration;
    exports org.mixtura.mixture;
    exports org.mixtura.transport;
    // The loops over rows: for the modules that run them elsewhere or time them, not for users.
    exports org.mixtura.kernel to
            org.mixtura.benchmarks,
            org.mixtura.simd,
            org.mixtura.spark;

    uses org.mixtura.kernel.Kernels;
}
