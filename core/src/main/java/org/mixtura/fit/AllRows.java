package org.mixtura.fit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.QuadraticForms;

/** The passes of a fit over all its rows: watched while they go on, and remembered where that is worth it. */
final class AllRows {
    private final Rows rows;
    private final PassJournal journal;
    private final FitObserver observer;
    private final AtomicInteger passes;
    /** In which order the passes take them. */
    private final RowOrder order;

    AllRows(Rows rows, PassJournal journal, FitObserver observer) {
        this(rows, journal, observer, new AtomicInteger(), RowOrder.of(rows));
    }

    private AllRows(Rows rows, PassJournal journal, FitObserver observer, AtomicInteger passes, RowOrder order) {
        this.rows = rows;
        this.journal = journal;
        this.observer = observer;
        this.passes = passes;
        this.order = order;
    }

    /** The same rows for passes that all take them in their own order. */
    AllRows inOwnOrder() {
        return new AllRows(rows, journal, observer, passes, RowOrder.own(rows));
    }

    long count() {
        return rows.count();
    }

    /** Whether some rows are all of them, and not a sample. */
    boolean are(Rows some) {
        return some == rows;
    }

    /**
     * Scores all rows and adds up their moments.
     *
     * @param likeRows as if there were so many rows, for the choice of kernels
     */
    Moments moments(QuadraticForms forms, Moments.Scatter scatter, int threads, long likeRows) {
        int pass = passes.incrementAndGet();
        order.begin(forms);
        Moments moments = moments(pass, forms, scatter, threads, likeRows);
        order.end(moments, forms);
        return moments;
    }

    private Moments moments(int pass, QuadraticForms forms, Moments.Scatter scatter, int threads, long likeRows) {
        // What takes a millisecond is not worth a note.
        if (journal == PassJournal.NONE || Pass.isSmall(rows, forms.costPerRow())) {
            return scan(pass, forms, scatter, threads, likeRows);
        }
        String question = question(forms, scatter);
        Optional<double[]> known = journal.recall(question);
        if (known.isPresent()) {
            return Moments.about(forms, scatter).restored(known.get());
        }
        Moments moments = scan(pass, forms, scatter, threads, likeRows);
        synchronized (journal) {
            journal.keep(question, moments.toArray());
        }
        return moments;
    }

    private Moments scan(int pass, QuadraticForms forms, Moments.Scatter scatter, int threads, long likeRows) {
        Rows watched = ObservedRows.of(order.rows(threads), pass, 1, observer);
        Moments moments = order.moments(watched, forms, scatter, threads, likeRows);
        observer.passing(new FitObserver.Passing(pass, rows.count(), rows.count()));
        return moments;
    }

    /** A digest of the forms and of what is kept of the rows under them. */
    private static String question(QuadraticForms forms, Moments.Scatter scatter) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((scatter + " " + forms.factor()).getBytes(StandardCharsets.US_ASCII));
            add(digest, forms.origin());
            add(digest, forms.constants());
            add(digest, forms.centres());
            if (forms.tailed()) {
                add(digest, forms.degreesOfFreedom());
            }
            for (int k = 0; k < forms.components(); k++) {
                add(digest, forms.factor(k));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(MessageDigest digest, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate((values.length + 1) * Double.BYTES);
        bytes.putLong(values.length);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes.array());
    }
}
