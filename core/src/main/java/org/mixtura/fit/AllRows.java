package org.mixtura.fit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mixtura.data.NeighbouringRows;
import org.mixtura.data.Rows;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.Pass;
import org.mixtura.kernel.QuadraticForms;
import org.mixtura.kernel.Scan;

/**
 * The passes of a fit over all its rows: watched while they go on, and remembered where that is worth it.
 *
 * <p>With many components in few columns, the passes of a fit that goes on for some take the rows in another order, neighbours
 * together: then most components are out of the question for whole tiles of rows, and are passed over there. Sums over the rows
 * differ from those in the rows' own order by rounding alone.
 */
final class AllRows {
    /** Sorting the rows takes as long as it saves in about so many passes; a fit that made them is likely to make as many again. */
    private static final int ORDERED_FROM = 4;

    private static final int MANY_COMPONENTS = 128;
    /** With more columns, too many components matter to some row of a tile. */
    private static final int FEW_COLUMNS = 4;

    private final Rows rows;
    private final PassJournal journal;
    private final FitObserver observer;
    private final AtomicInteger passes;
    /** The first pass that takes the rows in another order than their own. */
    private final int orderedFrom;
    /** The rows with neighbours together, made when first wanted. */
    private @Nullable Rows neighbouring;

    AllRows(Rows rows, PassJournal journal, FitObserver observer) {
        this(rows, journal, observer, new AtomicInteger(), ORDERED_FROM);
    }

    private AllRows(Rows rows, PassJournal journal, FitObserver observer, AtomicInteger passes, int orderedFrom) {
        this.rows = rows;
        this.journal = journal;
        this.observer = observer;
        this.passes = passes;
        this.orderedFrom = orderedFrom;
    }

    /** The same rows for passes side by side: it is chance which of them comes first, so all take the rows in their own order. */
    AllRows inOwnOrder() {
        return new AllRows(rows, journal, observer, passes, Integer.MAX_VALUE);
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
        Rows ordered = ObservedRows.of(ordered(pass, forms), pass, 1, observer);
        Moments moments = Scan.moments(ordered, forms, scatter, threads, likeRows);
        observer.passing(new FitObserver.Passing(pass, rows.count(), rows.count()));
        return moments;
    }

    /** The rows in the order in which a pass takes them: a matter of its number and size alone, as its bits must be. */
    private synchronized Rows ordered(int pass, QuadraticForms forms) {
        if (pass < orderedFrom
                || forms.components() < MANY_COMPONENTS
                || forms.dimension() > FEW_COLUMNS
                || Pass.isSmall(rows, forms.costPerRow())) {
            return rows;
        }
        Rows known = neighbouring == null ? NeighbouringRows.of(rows) : neighbouring;
        neighbouring = known;
        return known;
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
