package org.mixtura.kernel;

import java.util.Iterator;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chooses the kernels: what the JVM offers, once, when large work first asks; and for each pass by the amount of its work
 * alone, so that in one JVM the same work gives the same bits however long anything takes.
 *
 * <p>Vector kernels take a third to a sixth of the plain ones' time once the JVM has compiled them, which takes about a second of
 * processor time. So it depends on how long the JVM goes on from which size they pay. The system property {@code mixtura.kernels}
 * tells: {@code once} for a program that ends after one fit, as the command line does; and it overrules the choice: {@code plain} for
 * the plain kernels always, {@code vector} for the vector kernels even for the smallest pass.
 */
public final class KernelChoice {
    private static final String PROPERTY = "mixtura.kernels";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /**
     * Multiplications in a pass from which vector kernels are worth compiling in a JVM that goes on: in a fit of 7 columns and 12
     * components of this size they cost the first fit 0.7 seconds and spare the later ones 0.25 each.
     */
    private static final long VECTOR_WORK = 1L << 25;

    /**
     * The same for a JVM that ends then. Measured from a cold start on fits of 16 columns and 32 components: at 2²⁷ the plain kernels
     * were ahead by a tenth, at 2²⁸ level, at 2²⁹ behind by a quarter; with 7 columns and 12 components ahead by far at 2²⁸.
     */
    private static final long VECTOR_WORK_ONCE = 1L << 28;

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
            case "once" -> forWork(rows, costPerRow, VECTOR_WORK_ONCE);
            default -> forWork(rows, costPerRow, VECTOR_WORK);
        };
    }

    private static Kernels forWork(long rows, long costPerRow, long least) {
        return rows >= least / Math.max(1, costPerRow) ? best() : PLAIN;
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
