package org.mixtura.report.survey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the rows of the highest energies; of equals the earlier ones. */
final class OddestRows {
    private static final Comparator<OddRow> LEAST_ODD_FIRST =
            Comparator.comparingDouble(OddRow::energy).thenComparing(OddRow::row, Comparator.reverseOrder());

    private final int most;
    private final PriorityQueue<OddRow> rows = new PriorityQueue<>(LEAST_ODD_FIRST);

    OddestRows(int most) {
        this.most = most;
    }

    /** Takes the next row, in the order of the rows. */
    void accept(long row, double energy, int label) {
        OddRow leastOdd = rows.size() < most ? null : rows.peek();
        if (leastOdd != null && !(energy > leastOdd.energy())) {
            return;
        }
        rows.add(new OddRow(row, energy, label));
        if (leastOdd != null) {
            rows.poll();
        }
    }

    /** The rows kept, the oddest first. */
    List<OddRow> rows() {
        List<OddRow> sorted = new ArrayList<>(rows);
        sorted.sort(LEAST_ODD_FIRST.reversed());
        return List.copyOf(sorted);
    }
}
