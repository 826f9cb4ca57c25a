import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the peers on the JVM share: arguments FOLDER THREADS TASK ROWS, the workload, and the way to take times. */
final class Timing {
    final int threads;
    final int n;
    final int d;
    final int k;
    final boolean diagonal;
    final double[][] rows;
    final double[][] means;
    final double[] variances;

    Timing(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        threads = Integer.parseInt(arguments[1]);
        String meta = Files.readString(folder.resolve("meta.json"));
        d = number(meta, "columns");
        k = number(meta, "components");
        n = Math.min(number(meta, "rows"), Integer.parseInt(arguments[3]));
        diagonal = meta.contains("diagonal");
        rows = read(folder.resolve("rows.bin"), n, d);
        means = read(folder.resolve("means.bin"), k, d);
        variances = read(folder.resolve("variances.bin"), 1, d)[0];
    }

    interface Run {
        void iterate(int iterations) throws Exception;
    }

    /** Warms up, then prints seconds per iteration: fits of 1 and of 1 + more iterations from the same start. */
    void report(Run run, double budget) throws Exception {
        seconds(run, 2);
        double setUp = seconds(run, 1);
        double once = Math.max(1e-3, (seconds(run, 3) - setUp) / 2);
        int more = (int) Math.max(2, Math.min(10, budget / 4 / once));
        int repeats = (int) Math.max(1, Math.min(5, budget / (2 * setUp + more * once)));
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            double few = seconds(run, 1);
            times.add((seconds(run, 1 + more) - few) / more);
        }
        System.out.println("{\"seconds\": " + times + ", \"rows\": " + n + "}");
    }

    private static double seconds(Run run, int iterations) throws Exception {
        long began = nanoseconds();
        run.iterate(iterations);
        return (nanoseconds() - began) / 1e9;
    }

    /** On a busy machine: the time that the process had a processor, of one thread. */
    private static long nanoseconds() {
        return "cpu".equals(System.getenv("MEASURE"))
                ? ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos()
                : System.nanoTime();
    }

    private static int number(String meta, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\": *(\\d+)").matcher(meta);
        matcher.find();
        return Integer.parseInt(matcher.group(1));
    }

    private static double[][] read(Path file, int count, int d) throws Exception {
        double[] all = new double[count * d];
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(all);
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(all, i * d, (i + 1) * d);
        }
        return rows;
    }
}
