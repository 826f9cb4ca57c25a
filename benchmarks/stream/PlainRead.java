import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least time that it takes to read a file and do nothing with it, in pieces as a pass over rows reads them: PlainRead FILE
 * THREADS WAY TIMES, where the way is read (into one buffer), copy (and from there into an array of doubles) or map (64 MB at a
 * time).
 */
public final class PlainRead {
    private static final int PIECE = 4096 * 8 * Double.BYTES;
    private static final int WINDOW = 64 << 20;

    private PlainRead() {}

    public static void main(String... args) throws Exception {
        Path file = Path.of(args[0]);
        int threads = Integer.parseInt(args[1]);
        double[] seconds = new double[Integer.parseInt(args[3])];
        for (int time = 0; time < seconds.length; time++) {
            AtomicLong next = new AtomicLong();
            long began = System.nanoTime();
            Thread[] all = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                all[t] = new Thread(() -> {
                    try {
                        read(file, args[2], next);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                all[t].start();
            }
            for (Thread thread : all) {
                thread.join();
            }
            seconds[time] = (System.nanoTime() - began) / 1e9;
        }
        System.out.println(Arrays.stream(seconds).min().orElseThrow());
    }

    private static void read(Path file, String way, AtomicLong next) throws IOException {
        double[] values = new double[PIECE / Double.BYTES];
        ByteBuffer bytes = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (way.equals("map")) {
                for (long at = next.getAndAdd(WINDOW); at < size; at = next.getAndAdd(WINDOW)) {
                    MappedByteBuffer window =
                            channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(WINDOW, size - at));
                    var numbers = window.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
                    while (numbers.hasRemaining()) {
                        numbers.get(values, 0, Math.min(values.length, numbers.remaining()));
                    }
                }
                return;
            }
            for (long at = next.getAndAdd(PIECE); at < size; at = next.getAndAdd(PIECE)) {
                bytes.clear();
                while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {}
                if (way.equals("copy")) {
                    bytes.flip();
                    bytes.asDoubleBuffer().get(values, 0, bytes.remaining() / Double.BYTES);
                }
            }
        }
    }
}
