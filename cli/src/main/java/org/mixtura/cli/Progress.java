package org.mixtura.cli;

import org.mixtura.fit.FitObserver;

/**
 * One line on the standard error that says how far the work is; it comes after a second and goes away at the end. Nothing is
 * shown where nobody watches.
 */
final class Progress implements AutoCloseable {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long EVERY = 100_000_000L;
    private static final int BAR = 20;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean silent;
    private final long began = System.nanoTime();
    private long next = began + FIRST_AFTER;
    private double furthest;
    private boolean shown;
    private boolean closed;

    Progress(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.silent = quiet || !terminal.watched();
    }

    /** Work that does not say how far it is: shows for how long it has been going on, second by second. */
    void waiting(String work) {
        if (!silent) {
            Thread clock = new Thread(() -> tick(work), "mixtura-progress");
            clock.setDaemon(true);
            clock.start();
        }
    }

    private synchronized void tick(String work) {
        try {
            while (!closed) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                if (seconds > 0) {
                    show(work + ", " + seconds + " s");
                }
                wait(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An observer of one of several candidates. */
    FitObserver of(String candidate, int number, int candidates, Interruption interruption) {
        return step -> {
            if (!silent && System.nanoTime() - next >= 0) {
                show(number, candidates, candidate, step);
            }
            return !interruption.requested();
        };
    }

    private void show(int number, int candidates, String candidate, FitObserver.Step step) {
        double inRun = step.maxIterations() == 0 ? 0 : (double) step.iteration() / step.maxIterations();
        double inCandidate = (step.restart() + inRun) / step.restarts();
        // Starts run side by side, so the news of an earlier one may come later.
        furthest = Math.max(furthest, (number + inCandidate) / candidates);
        show(bar(furthest) + " " + candidate + (candidates > 1 ? " (" + (number + 1) + " of " + candidates + ")" : "")
                + (step.restarts() > 1 ? ", start " + (step.restart() + 1) + " of " + step.restarts() : "")
                + ", iteration " + step.iteration() + ", objective " + Digits.significant(step.objective(), 6));
    }

    /** Shows how many of some rows are done. */
    void rows(String verb, long done, long rows) {
        if (!silent && System.nanoTime() - next >= 0) {
            show(bar((double) done / rows) + " " + verb + ", " + Digits.count(done) + " of "
                    + Digits.count(rows, "row"));
        }
    }

    private static String bar(double share) {
        int filled = (int) (BAR * Math.min(1, share));
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
    }

    /** Shows a line in place of the last. */
    private synchronized void show(String line) {
        if (!silent) {
            int room = terminal.width() - 1;
            terminal.err().print(ERASE_LINE + (line.length() > room ? line.substring(0, room) : line));
            terminal.err().flush();
            shown = true;
            next = System.nanoTime() + EVERY;
        }
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (shown) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
            shown = false;
        }
    }
}
