package org.mixtura.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of processes: a master, two workers and an executor process of each, talking over the loopback interface. One executor
 * dies while a fit runs.
 */
class ClusterTest {
    /** The job at whose start one is told to; three come before the rounds: facts, sample, summary. */
    private static final int JOBS_BEFORE_DEATH = 8;

    private static SparkSession cluster = Session.get();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster.stop();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        cluster = Session.local("local-cluster[2,1,512]")
                .config("spark.executor.memory", "512m")
                .config("spark.executor.extraClassPath", classPath)
                .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        cluster.stop();
    }

    private static GaussianMixtureModel fit(Dataset<Row> table) {
        return new GaussianMixture()
                .setK(3)
                .setNumStarts(2)
                .setMaxIter(25)
                .setTol(0)
                .fit(table);
    }

    /** Ends the process that it runs in at once, as a kill would; but only the first one. */
    private static final class Death implements VoidFunction<Integer> {
        private static final long serialVersionUID = 1;

        private final String marker;

        Death(Path marker) {
            this.marker = marker.toString();
        }

        @Override
        public void call(Integer ignored) throws IOException {
            try {
                Files.createFile(Path.of(marker));
            } catch (FileAlreadyExistsException e) {
                return;
            }
            Runtime.getRuntime().halt(137);
        }
    }

    /** Sends death to an executor in mid-fit. */
    private static final class Sender extends SparkListener {
        private final AtomicInteger jobs = new AtomicInteger();
        /** How many jobs had started when the driver noticed the loss; 0 until then. */
        private final AtomicInteger noticedAt = new AtomicInteger();

        private final Thread thread;

        Sender(Path marker) {
            thread = new Thread(() -> JavaSparkContext.fromSparkContext(cluster.sparkContext())
                    .parallelize(List.of(0), 1)
                    .foreach(new Death(marker)));
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            if (jobs.incrementAndGet() == JOBS_BEFORE_DEATH) {
                thread.start();
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            noticedAt.compareAndSet(0, jobs.get());
        }
    }

    @Test
    void aFitThatLosesAnExecutorEndsWithTheSameBits() throws InterruptedException {
        double[][] values = Data.clusters(4000, 4, 3, 2, 10, 11);
        // In four partitions as they are: behind a shuffle the order of rows would be another after the loss.
        Dataset<Row> rows = Data.table(cluster, values, 3);
        Dataset<Row> table = cluster.createDataFrame(
                JavaSparkContext.fromSparkContext(cluster.sparkContext()).parallelize(rows.collectAsList(), 4),
                Data.SCHEMA);
        GaussianMixtureModel undisturbed = fit(table);
        Path marker = folder.resolve("marker");
        Sender sender = new Sender(marker);
        cluster.sparkContext().addSparkListener(sender);
        GaussianMixtureModel disturbed = fit(table);
        sender.thread.join();
        assertThat(marker).exists();
        assertThat(sender.noticedAt.get())
                .isGreaterThanOrEqualTo(JOBS_BEFORE_DEATH)
                .isLessThan(sender.jobs.get() - 3);
        assertThat(disturbed.file().toJson()).isEqualTo(undisturbed.file().toJson());
        assertThat(disturbed.transform(table).filter("prediction < 0").count()).isZero();
    }
}
