package org.adapt4j.method.rl2;

import org.adapt4j.api.algorithm.Conditioning;

/**
 * A trial as meta-training plays it. It travels with what was learned, so that adaptation goes on alike.
 *
 * @param episodes of a trial
 * @param seesEpisodeEnds whether the memory is told how an episode ended; false blanks both the end and its reward, as the
 *     code of Mandi, Abbeel and James 2022 does
 * @param lastEpisodeOnly whether a reward that ends an episode counts in the last episode of a trial only, as in the training of
 *     that code; false rewards all episodes, as in Duan et al. 2016
 */
record Trial(int episodes, boolean seesEpisodeEnds, boolean lastEpisodeOnly) implements Conditioning.TrialView {

    @Override
    public float reward(float reward, boolean ended) {
        return ended && !seesEpisodeEnds ? 0 : reward;
    }

    @Override
    public float end(boolean ended) {
        return ended && seesEpisodeEnds ? 1 : 0;
    }

    @Override
    public boolean counts(boolean ended, boolean last) {
        return !lastEpisodeOnly || !ended || last;
    }
}
