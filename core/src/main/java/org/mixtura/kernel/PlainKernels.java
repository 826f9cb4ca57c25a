package org.mixtura.kernel;

/** The kernels in plain Java ({@link PlainWorker}), which every JVM has. */
public final class PlainKernels implements Kernels {
    private final String reason;

    /** The plain kernels, without a word why. */
    public PlainKernels() {
        this("");
    }

    /**
     * The plain kernels.
     *
     * @param reason why these and no others, for people; may be empty
     */
    public PlainKernels(String reason) {
        this.reason = reason;
    }

    @Override
    public String description() {
        return reason.isEmpty() ? "plain Java kernels" : "plain Java kernels (" + reason + ")";
    }

    @Override
    public Worker worker(QuadraticForms forms) {
        return new PlainWorker(forms);
    }
}
