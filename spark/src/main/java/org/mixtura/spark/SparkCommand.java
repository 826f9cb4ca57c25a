package org.mixtura.spark;

import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;

/** A verb of the command. */
interface SparkCommand {
    /** Does it, once the command line was parsed. */
    void run(SparkSession session, PrintStream out);
}
