package org.adapt4j.env.procgen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.api.task.Split;

/**
 * What PPO with the IMPALA network earned in the runs of Cobbe et al. 2020, from the logs in openai/train-procgen, commit 1a2ae21, folder results.
 *
 * <p>The table {@code train-procgen.csv} has a row for each game, mode, number of training levels (0: all) and split, and mean returns at shares of the
 * whole run: means over three runs of what was logged within a tenth of that step, at the end over the last twentieth. A run is 50 million steps in easy levels, played
 * by one worker, and 200 million in hard ones, by four.
 */
final class PublishedResults {

    private static final double[] SHARES = {.01, .02, .04, .1, .2, .5, 1};
    private static final double EASY_STEPS = 50e6;
    private static final double HARD_STEPS = 200e6;
    private static final int FACTS = 4;

    private PublishedResults() {}

    /**
     * Of learning a game on so many levels.
     *
     * @param levels number of training levels from level 0 on, 0 for all
     * @return a curve for each split that was measured; empty if nobody trained on so many
     */
    static List<PublishedReturns> of(GameName game, Mode mode, int levels) {
        String key = game.key() + "," + mode.name().toLowerCase(Locale.ROOT) + "," + levels + ",";
        return table().lines()
                .filter(row -> row.startsWith(key))
                .map(row -> curve(row.split(","), mode))
                .toList();
    }

    private static PublishedReturns curve(String[] row, Mode mode) {
        double steps = mode == Mode.EASY ? EASY_STEPS : HARD_STEPS;
        String levels = row[2].equals("0") ? "all levels" : row[2] + " levels";
        return new PublishedReturns(
                "OpenAI's runs of PPO with IMPALA on " + levels
                        + " (Cobbe et al. 2020; logs of openai/train-procgen, three runs), with the pictures of the native library"
                        + (row[2].equals("0") ? "" : ", unseen: of all levels"),
                Split.valueOf(row[3].toUpperCase(Locale.ROOT)),
                Arrays.stream(SHARES)
                        .mapToObj(share -> Math.round(share * steps))
                        .toList(),
                Arrays.stream(row).skip(FACTS).map(Double::valueOf).toList());
    }

    private static String table() {
        try (InputStream in = PublishedResults.class.getResourceAsStream("train-procgen.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
