package org.mixtura.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * Adds the arrays of all partitions in a tree of given depth, neighbours first and each node in the order of the partitions. Spark's
 * own tree aggregation adds in the order in which results happen to arrive; here the same partitions give the same bits, also when
 * an executor was lost on the way.
 */
final class MomentTree {
    private MomentTree() {}

    /**
     * Adds up.
     *
     * @param parts one array per partition, with its number
     * @param depth how many levels of additions, at least 1: with 1 the driver adds all arrays itself
     * @return the sum
     */
    static double[] sum(JavaRDD<Tuple2<Integer, double[]>> parts, int depth) {
        JavaRDD<Tuple2<Integer, double[]>> level = parts;
        int width = parts.getNumPartitions();
        int scale = Math.max(2, (int) Math.ceil(Math.pow(width, 1.0 / depth)));
        // Another level pays while it takes more arrays off the driver than it makes for itself, as in Spark's own.
        while (depth > 1 && width > scale + (width + scale - 1) / scale) {
            width = (width + scale - 1) / scale;
            level = JavaPairRDD.fromJavaRDD(level)
                    .partitionBy(new Neighbours(width, scale))
                    .mapPartitionsWithIndex(new Node(), true);
        }
        return add(level.collect()).rounded();
    }

    private static MomentSum add(List<Tuple2<Integer, double[]>> parts) {
        List<Tuple2<Integer, double[]>> inOrder = new ArrayList<>(parts);
        inOrder.sort(Comparator.comparing(Tuple2::_1));
        MomentSum sum = new MomentSum(inOrder.get(0)._2().length);
        inOrder.forEach(part -> sum.add(part._2()));
        return sum;
    }

    /** A node of the tree: the sum of what came to one partition, under that partition's number. */
    private static final class Node
            implements Function2<Integer, Iterator<Tuple2<Integer, double[]>>, Iterator<Tuple2<Integer, double[]>>> {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Tuple2<Integer, double[]>> call(Integer number, Iterator<Tuple2<Integer, double[]>> parts) {
            List<Tuple2<Integer, double[]>> all = new ArrayList<>();
            parts.forEachRemaining(all::add);
            return List.of(new Tuple2<>(number, add(all).rounded())).iterator();
        }
    }

    /** Brings numbers that follow one another together. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int groups;
        private final int scale;

        Neighbours(int groups, int scale) {
            this.groups = groups;
            this.scale = scale;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key / scale;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Neighbours neighbours && groups == neighbours.groups && scale == neighbours.scale;
        }

        @Override
        public int hashCode() {
            return 31 * groups + scale;
        }
    }
}
