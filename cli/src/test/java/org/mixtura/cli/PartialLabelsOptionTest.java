package org.mixtura.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three clusters of which a column knows something: fitted, shown, scored; and what cannot be. */
class PartialLabelsOptionTest {
    private static final String[] TRUTH = {"north", "south", "west"};

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void write() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("x,y,known\n");
        double[][] centres = {{0, 5}, {0, -5}, {-9, 0}};
        for (int i = 0; i < 150; i++) {
            int c = i % 3;
            String known = switch (i) {
                case 0, 1, 2 -> TRUTH[c];
                case 3 -> "north|south";
                case 4 -> "!north";
                case 5 -> "west:0.9|south:0.1";
                case 6 -> "NA";
                default -> "";
            };
            text.append(centres[c][0] + random.nextGaussian())
                    .append(',')
                    .append(centres[c][1] + random.nextGaussian())
                    .append(',')
                    .append(known)
                    .append('\n');
        }
        data = Mixtura.file(folder, "data.csv", text.toString());
    }

    @Test
    void fitsClassesAsTheFirstComponents() throws IOException {
        Path model = folder.resolve("model.json");
        Path scores = folder.resolve("scores.csv");
        String line = "  classes: label 0 is north, label 1 is south, label 2 is west";
        assertThat(Mixtura.run("fit --partial-labels known --model", model, "--scores", scores, data)
                        .out())
                .contains("3 components, full covariances", line, "→           3")
                .doesNotContain("not fitted");
        assertThat(Mixtura.run("show", model).out()).contains(line);
        String[] lines = Files.readString(scores).split("\n", -1);
        assertThat(lines[0]).isEqualTo("x,y,known,label,log_density");
        for (int i = 0; i < 150; i++) {
            assertThat(lines[i + 1].split(",", -1)[3]).isEqualTo(Integer.toString(i % 3));
        }
        JsonValue json = Mixtura.run("fit --partial-labels known --components 3 --format json", data)
                .json();
        assertThat(json.get("options").get("classes").text()).isEqualTo("north|south|west");
        assertThat(json.get("d").number()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        assertThat(Mixtura.run("fit --components 2 --partial-labels known", data)
                        .refusal(ExitCode.BAD_INPUT))
                .endsWith("components is 2, but the partial labels name 3 classes (row 2: \"west\"); ask for at least 3"
                        + " components");
        assertThat(Mixtura.run("fit --partial-labels known --init-labels known", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--partial-labels starts from its own classes, --init-labels from others; give one of them");
        assertThat(Mixtura.run("fit --components 3 --method bayes --partial-labels known", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--partial-labels belongs to --method em, not bayes; leave it out");
        assertThat(Mixtura.run("fit --components 3 --compat reference --partial-labels known", data)
                        .refusal(ExitCode.USAGE))
                .endsWith("--compat reference knows rows without labels; change --partial-labels or leave it out");
        Files.writeString(data, Files.readString(data).replace("!north", "!north|!west"));
        assertThat(Mixtura.run("fit --components 3 --partial-labels known", data)
                        .refusal(ExitCode.BAD_INPUT))
                .endsWith("row 4, column \"known\": label \"!north|!west\": a ! stands once, before all that the row is"
                        + " not; a label is a class, a|b for one of them, !a for none of them, or a:0.7|b:0.3");
    }
}
