package org.mixtura.spark;

import org.apache.spark.sql.SparkSession;

/** The Spark session that the tests of this module share: two threads of this JVM. */
final class Session {
    private Session() {}

    static SparkSession get() {
        return local("local[2]").getOrCreate();
    }

    /** A session that stays on this machine. */
    static SparkSession.Builder local(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("mixtura-tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", "target/warehouse");
    }
}
