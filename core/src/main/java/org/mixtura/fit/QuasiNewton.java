package org.mixtura.fit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The inverse of how a function bends, H, as the last steps and the gradients at their ends tell: limited-memory BFGS (Liu &amp;
 * Nocedal 1989, <a href="https://doi.org/10.1007/BF01589116">doi:10.1007/BF01589116</a>), for a maximum.
 */
final class QuasiNewton {
    private static final int MEMORY = 12;

    /** A step and by how much the gradient fell along it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(double[] way, double[] fall, double product) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Takes note of a step; not of one along which the function bends the wrong way. */
    void learn(double[] way, double[] before, double[] after) {
        double[] fall = new double[way.length];
        for (int i = 0; i < fall.length; i++) {
            fall[i] = before[i] - after[i];
        }
        double product = dot(way, fall);
        if (!(product > 0)) {
            return;
        }
        if (steps.size() == MEMORY) {
            steps.removeFirst();
        }
        steps.addLast(new Step(way, fall, product));
    }

    /**
     * H g: where the gradient would vanish if the function were quadratic.
     *
     * @param gradient g
     * @param bend a first guess of how the function bends along each coordinate, positive
     */
    double[] step(double[] gradient, double[] bend) {
        double[] step = gradient.clone();
        double[] shares = new double[steps.size()];
        int at = steps.size();
        for (Iterator<Step> latest = steps.descendingIterator(); latest.hasNext(); ) {
            Step known = latest.next();
            shares[--at] = dot(known.way, step) / known.product;
            add(-shares[at], known.fall, step);
        }
        double scale = scale(bend);
        for (int i = 0; i < step.length; i++) {
            step[i] *= scale / bend[i];
        }
        for (Step known : steps) {
            add(shares[at++] - dot(known.fall, step) / known.product, known.way, step);
        }
        return step;
    }

    /** How much longer than the guess says the last step should have been. */
    private double scale(double[] bend) {
        if (steps.isEmpty()) {
            return 1;
        }
        Step last = steps.getLast();
        double guessed = 0;
        for (int i = 0; i < bend.length; i++) {
            guessed += last.fall[i] * last.fall[i] / bend[i];
        }
        return last.product / guessed;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double factor, double[] what, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }
}
