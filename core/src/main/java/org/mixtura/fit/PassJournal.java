package org.mixtura.fit;

import java.util.Optional;

/**
 * Remembers what passes over all rows came to, so that a fit that was killed can be run again without them.
 *
 * <p>A fit is a function of its rows and options, so it asks the same questions each time it is run, and what it did not have to
 * ask again it computes again, with the same bits. A journal therefore need not know what a fit is about. It may forget answers;
 * it must not give one to another question. Rows, options and version must be those of the run that kept the answers, which is for
 * the caller to see to.
 */
public interface PassJournal {
    /** A journal that remembers nothing. */
    PassJournal NONE = new PassJournal() {
        @Override
        public Optional<double[]> recall(String question) {
            return Optional.empty();
        }

        @Override
        public void keep(String question, double[] answer) {}
    };

    /**
     * Looks up an answer.
     *
     * @param question a digest of what was asked of all rows
     * @return the answer, if it was kept
     */
    Optional<double[]> recall(String question);

    /**
     * Takes note of an answer. Called by one thread at a time.
     *
     * @param question a digest of what was asked of all rows
     * @param answer the answer
     */
    void keep(String question, double[] answer);
}
