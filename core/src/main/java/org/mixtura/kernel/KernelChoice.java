package org.mixtura.kernel;

import java.util.Iterator;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chooses the kernels: what the JVM offers, once, when large work first asks; and for each pass by the amount of its work
 * alone, so that the same work gives the same bits however long anything takes.
 *
 * <p>Vector kernels are faster by an order of magnitude once the JVM has compiled them, which takes about a second; small work
 * is done by then. The system property {@code mixtura.kernels} overrules the choice: {@code plain} for the plain kernels
 * always, {@code vector} for the vector kernels even for the smallest pass.
 */
public final class KernelChoice {
    private static final String PROPERTY = "mixtura.kernels";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /**
     * Multiplications in a pass from which vector kernels are worth compiling. Measured on fits of 16 columns and 32
     * components from a cold start: at 2²⁵·⁵ the plain kernels were a second ahead, at 2²⁷·⁵ level.
     */
    private static final long VECTOR_WORK = 1L << 26;

    private static final Kernels PLAIN = new PlainKernels();

    private KernelChoice() {}

    private static final class Holder {
        static final Kernels BEST = choose();
    }

    /** {@return the fastest kernels that this JVM can run; their description says why these} */
    public static Kernels best() {
        return Holder.BEST;
    }

    /**
     * The kernels for a pass.
     *
     * @param rows how many rows it reads
     * @param costPerRow about how many multiplications a row takes
     * @return the best kernels if the pass is large, the plain ones if it is small
     */
    public static Kernels forWork(long rows, long costPerRow) {
        return switch (wish()) {
            case "plain" -> PLAIN;
            case "vector" -> best();
            default -> rows >= VECTOR_WORK / Math.max(1, costPerRow) ? best() : PLAIN;
        };
    }

    private static String wish() {
        return System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
    }

    private static Kernels choose() {
        Kernels chosen = find();
        System.getLogger(KernelChoice.class.getName()).log(System.Logger.Level.DEBUG, chosen.description());
        return chosen;
    }

    private static Kernels find() {
        String wish = wish();
        if (wish.equals("plain")) {
            return new PlainKernels("the system property " + PROPERTY + " asks for them");
        }
        // Without the optimising compiler a vector operation allocates, and takes a thousand times as long.
        String mode = System.getProperty("java.vm.info", "");
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return new PlainKernels("this JVM runs without its optimising compiler (" + mode + ")");
        }
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return new PlainKernels(
                    "for faster ones add mixtura-simd, and start the JVM with --add-modules " + VECTOR_MODULE);
        }
        try {
            Iterator<Kernels> services = ServiceLoader.load(Kernels.class, KernelChoice.class.getClassLoader())
                    .iterator();
            return services.hasNext() ? services.next() : new PlainKernels("mixtura-simd is not there");
        } catch (ServiceConfigurationError | LinkageError e) {
            return new PlainKernels("the vector kernels do not load: " + e);
        }
    }
}
