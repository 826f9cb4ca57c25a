package org.mixtura.cli;

import java.util.Collection;
import java.util.Optional;

/** What a mistyped word was probably meant to be. */
final class Suggestion {
    /** More slips than this make another word. */
    private static final int MOST_SLIPS = 3;

    private Suggestion() {}

    /** The known word that is nearest, if one is near: it starts with the word, or takes few slips to become it. */
    static Optional<String> of(String word, Collection<String> known) {
        String nearest = "";
        int fewest = Math.min(MOST_SLIPS, word.length() / 2) + 1;
        for (String candidate : known) {
            int slips = candidate.startsWith(word) && word.length() > 3 ? 1 : slips(word, candidate);
            if (slips < fewest) {
                fewest = slips;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    /** How many letters have to be put in, left out, changed or swapped with the next (Damerau, restricted). */
    private static int slips(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
