package org.mixtura.cli;

/**
 * Ctrl-C as a request: whoever works looks here now and then and stops in good order, so that temporary files go away.
 *
 * <p>The JVM answers SIGINT and SIGTERM by running its shutdown hooks and then ends with 130 or 143. The hook set here asks
 * the working thread to stop and waits for it, a few seconds at most.
 */
final class Interruption {
    /** How long the JVM's end may wait for a thread that has to clean up, in milliseconds. */
    private static final long PATIENCE = 5000;

    /** Thrown by whoever finds that the work is to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException(String remedy) {
            super("interrupted; nothing was written" + remedy);
        }
    }

    private volatile boolean requested;
    private volatile boolean finished;
    private volatile String remedy = "";

    /** Listens to the signals that end a JVM, on behalf of the calling thread. */
    static Interruption ofCallingThread() {
        Interruption interruption = new Interruption();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(worker), "mixtura-interruption"));
        return interruption;
    }

    private void stop(Thread worker) {
        if (finished) {
            return;
        }
        request();
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the work to stop. */
    void request() {
        requested = true;
    }

    /** Whether the work is to stop. */
    boolean requested() {
        return requested;
    }

    /** Returns if the work may go on. */
    void check() {
        if (requested) {
            throw stopped();
        }
    }

    /** That the work has stopped, and what may be done about it. */
    StoppedException stopped() {
        return new StoppedException(remedy);
    }

    /** Says what the user can do about work that stopped, to be put behind the message. */
    void remedy(String text) {
        remedy = text;
    }

    /**
     * Ends the JVM with a code, unless a signal ends it already: then returns, for the hook waits for the calling thread to
     * end.
     */
    void exit(int code) {
        // In this order: a signal that comes between the two lines finds nothing left to wait for.
        finished = true;
        if (!requested) {
            System.exit(code);
        }
    }
}
