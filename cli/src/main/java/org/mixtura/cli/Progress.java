package org.mixtura.cli;

import java.util.function.Supplier;
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
    private final boolean verbose;
    private final long began = System.nanoTime();
    private volatile long next = began + FIRST_AFTER;
    private boolean shown;
    private boolean closed;

    /**
     * @param quiet whether to say nothing
     * @param verbose whether to leave lines behind about what took long, whoever watches
     */
    Progress(Terminal terminal, boolean quiet, boolean verbose) {
        this.terminal = terminal;
        this.silent = quiet || !terminal.watched();
        this.verbose = verbose;
    }

    /** Work that goes on in other hands: shows second by second what there is to say of it. */
    void waiting(Supplier<String> work) {
        if (!silent) {
            Thread clock = new Thread(() -> tick(work), "mixtura-progress");
            clock.setDaemon(true);
            clock.start();
        }
    }

    private synchronized void tick(Supplier<String> work) {
        try {
            while (!closed) {
                if (System.nanoTime() - began >= FIRST_AFTER) {
                    show(work.get());
                }
                wait(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For how long the work has been going on, in nanoseconds. */
    long elapsed() {
        return System.nanoTime() - began;
    }

    /** An observer of one of several candidates. */
    FitObserver of(String candidate, int number, int candidates, Interruption interruption) {
        return new FitProgress(this, candidate, number, candidates, interruption);
    }

    /** Shows how many of some rows are done. */
    void rows(String verb, long done, long rows) {
        if (due()) {
            show(bar((double) done / rows) + " " + verb + ", " + pace(done, rows, elapsed()));
        }
    }

    /** Whether nobody watches. */
    boolean silent() {
        return silent;
    }

    /** Whether there is anyone to tell. */
    boolean told() {
        return !silent || verbose;
    }

    /** Says something that is to stay, to those who want to know everything. */
    synchronized void say(String line) {
        if (verbose) {
            erase();
            terminal.say(line);
        }
    }

    private void erase() {
        if (shown) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
            shown = false;
        }
    }

    /** Whether it is time to show something new. */
    boolean due() {
        return !silent && System.nanoTime() - next >= 0;
    }

    /**
     * "41.2M of 100M rows, 4.07M/s, 14 s left".
     *
     * @param rows how many there are to do; 0 if nobody knows
     * @param nanos how long those done took
     */
    static String pace(long done, long rows, long nanos) {
        String text = rows > 0 ? brief(done) + " of " + brief(rows) + " rows" : brief(done) + " rows";
        double perSecond = done / (nanos / 1e9);
        if (!(perSecond >= 1)) {
            return text;
        }
        text += ", " + brief((long) perSecond) + "/s";
        return rows > 0 ? text + ", " + Digits.count(Math.round((rows - done) / perSecond)) + " s left" : text;
    }

    /** A count in few characters, so that a line holds all there is to say. */
    private static String brief(long count) {
        if (count < 10_000) {
            return Digits.count(count);
        }
        return count < 999_500
                ? Digits.count(Math.round(count / 1e3)) + "k"
                : Digits.significant(
                                count / 1e6, Math.max(3, Long.toString(count).length() - 6)) + "M";
    }

    /** A bar that is filled to some share. */
    static String bar(double share) {
        int filled = (int) (BAR * Math.min(1, share));
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
    }

    /** Shows a line in place of the last. */
    synchronized void show(String line) {
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
        erase();
    }
}
