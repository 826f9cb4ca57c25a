package org.mixtura.kernel;

/** Chooses the kernels once, when they are first asked for. */
public final class KernelChoice {
    private KernelChoice() {}

    private static final class Holder {
        static final Kernels BEST = new PlainKernels();
    }

    /** {@return the fastest kernels that this machine can run} */
    public static Kernels best() {
        return Holder.BEST;
    }
}
