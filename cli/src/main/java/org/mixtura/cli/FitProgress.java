package org.mixtura.cli;

import org.jspecify.annotations.Nullable;
import org.mixtura.fit.FitObserver;

/**
 * Tells how far the fit of one of several candidates is: iteration by iteration, and within a pass over all rows where that takes
 * its time. Stops the fit where the user wants to.
 */
final class FitProgress implements FitObserver {
    /** A pass that takes longer is shown by itself. */
    private static final long LONG_PASS = 500_000_000L;

    private final Progress progress;
    private final String candidate;
    private final int number;
    private final int candidates;
    private final Interruption interruption;
    private double furthest;
    private int pass = -1;
    private long passBegan;
    private @Nullable Step last;

    FitProgress(Progress progress, String candidate, int number, int candidates, Interruption interruption) {
        this.progress = progress;
        this.candidate = candidate;
        this.number = number;
        this.candidates = candidates;
        this.interruption = interruption;
    }

    @Override
    public synchronized boolean observe(Step step) {
        last = step;
        if (progress.due()) {
            double inRun = step.maxIterations() == 0 ? 0 : (double) step.iteration() / step.maxIterations();
            double inCandidate = (step.restart() + inRun) / step.restarts();
            // Starts run side by side, so the news of an earlier one may come later.
            furthest = Math.max(furthest, (number + inCandidate) / candidates);
            progress.show(Progress.bar(furthest) + " " + name()
                    + (step.restarts() > 1 ? ", start " + (step.restart() + 1) + " of " + step.restarts() : "")
                    + ", iteration " + step.iteration() + objective(step));
        }
        return !interruption.requested();
    }

    private String name() {
        return candidate + (candidates > 1 ? " (" + (number + 1) + " of " + candidates + ")" : "");
    }

    private static String objective(Step step) {
        return ", objective " + Digits.significant(step.objective(), 6);
    }

    @Override
    public void passing(Passing passing) {
        interruption.check();
        if (progress.told()) {
            tell(passing);
        }
    }

    private synchronized void tell(Passing passing) {
        long now = System.nanoTime();
        if (pass != passing.pass()) {
            pass = passing.pass();
            passBegan = now;
        }
        long took = now - passBegan;
        if (took < LONG_PASS) {
            return;
        }
        String what = pass == 0 ? "first look" : "pass " + pass;
        if (passing.read() == passing.rows()) {
            progress.say(name() + ", " + what + ": " + Digits.count(passing.rows(), "row") + ", "
                    + Digits.count((long) (passing.rows() / (took / 1e9))) + " rows/s, "
                    + Digits.seconds(took / 1e9));
        } else if (progress.due()) {
            progress.show(Progress.bar((double) passing.read() / passing.rows()) + " "
                    + (candidates > 1 ? (number + 1) + " of " + candidates + ", " : "") + what + ": "
                    + Progress.pace(passing.read(), passing.rows(), took)
                    + (last == null || pass == 0 ? "" : objective(last)));
        }
    }
}
