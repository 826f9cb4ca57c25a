package org.mixtura.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal gives back what was kept, however its writing ended. */
class JournalFileTest {
    private static final double[][] ANSWERS = {{1, Double.NaN, -0.0, 1e-320}, {}, {2}, {3, 4}};

    @TempDir
    private Path folder;

    private static String question(int number) {
        return String.format("%064d", number);
    }

    private Path written() {
        Path file = folder.resolve("passes");
        try (JournalFile journal = JournalFile.open(file)) {
            for (int i = 0; i < ANSWERS.length; i++) {
                journal.keep(question(i), ANSWERS[i]);
            }
        }
        return file;
    }

    private static void check(JournalFile journal, int whole) {
        assertThat(journal.size()).isEqualTo(whole);
        for (int i = 0; i < ANSWERS.length; i++) {
            if (i < whole) {
                // By bits: zero of either sign, NaN.
                assertThat(Arrays.equals(journal.recall(question(i)).orElseThrow(), ANSWERS[i]))
                        .isTrue();
            } else {
                assertThat(journal.recall(question(i))).isEmpty();
            }
        }
    }

    @Test
    void recallsWhatWasKept() {
        try (JournalFile journal = JournalFile.open(written())) {
            check(journal, ANSWERS.length);
            assertThat(journal.recall(question(99))).isEmpty();
        }
    }

    /** Cut at each byte, as a kill may: the answers before the cut stand, and others can follow. */
    @Test
    void dropsARecordThatWasTornOff() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        int header = "mixtura passes 2\n".length();
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path file = folder.resolve("cut");
            Files.write(file, Arrays.copyOf(bytes, cut));
            int whole = 0;
            for (long end = header; whole < ANSWERS.length; whole++) {
                end += 4 + 64 + 8L * ANSWERS[whole].length + 4;
                if (end > cut) {
                    break;
                }
            }
            try (JournalFile journal = JournalFile.open(file)) {
                check(journal, whole);
                for (int i = whole; i < ANSWERS.length; i++) {
                    journal.keep(question(i), ANSWERS[i]);
                }
            }
            assertThat(file).hasBinaryContent(bytes);
        }
    }

    /** With any one bit of a record wrong, that record and those behind it are gone, and none is mistaken. */
    @Test
    void noticesAWrongBit() throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        int first = "mixtura passes 2\n".length();
        for (int at = first; at < first + 4 + 64 + 32 + 4; at++) {
            Path file = folder.resolve("wrong");
            byte[] wrong = bytes.clone();
            wrong[at] ^= (byte) (1 << at % 8);
            Files.write(file, wrong);
            try (JournalFile journal = JournalFile.open(file)) {
                check(journal, 0);
            }
        }
    }

    @Test
    void refusesAnotherFile() throws IOException {
        Path file = Files.writeString(folder.resolve("other"), "a,b\n1,2\n");
        assertThatThrownBy(() -> JournalFile.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " is no journal of passes; remove it or name another folder");
        try (JournalFile journal = JournalFile.open(folder.resolve("passes"))) {
            assertThatThrownBy(() -> journal.keep("what?", new double[1]))
                    .hasMessage("a question of 5 characters; a digest has 64");
        }
    }
}
