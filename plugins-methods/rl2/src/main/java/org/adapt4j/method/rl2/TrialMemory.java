package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.PolicyState;

/**
 * What a recurrent policy remembers while it plays trials, and beside it what is measured: what slot 0 remembered when it last had explored,
 * with the reward that ended the exploration, or in a trial without end what all slots remember, with the rewards of their last actions.
 *
 * <p>All of it is one state, so that it is saved and restored together with the play.
 */
final class TrialMemory implements PolicyState {

    /** Number of exploration episodes of a trial that never ends: what is remembered now is always the adapted memory. */
    static final int WITHOUT_END = 0;

    private final int explorationEpisodes;
    private final PolicyState present;
    private PolicyState adapted;
    private final float[] lastRewards;
    private int episodesEnded;

    TrialMemory(PolicyState present, int explorationEpisodes) {
        this.explorationEpisodes = explorationEpisodes;
        this.present = present;
        adapted = present.spread(1);
        lastRewards = new float[explorationEpisodes == WITHOUT_END ? present.slots() : 1];
    }

    /** What all slots remember now. */
    PolicyState present() {
        return present;
    }

    /** Follows the episodes of slot 0. To be called before {@link #present} takes in what is seen. */
    void follow(StepBuffers seen) {
        if (explorationEpisodes == WITHOUT_END || !seen.is(Flag.FIRST, 0)) {
            return;
        }
        episodesEnded = seen.is(Flag.NEW_TRIAL, 0) ? 0 : episodesEnded + 1;
        if (episodesEnded == explorationEpisodes) {
            adapted = present.spread(1);
            lastRewards[0] = seen.rewards().get(0);
        }
    }

    /** Notes what the last actions of a stretch of play earned, which {@link #present} has not taken in. */
    void played(StepBuffers after) {
        if (explorationEpisodes == WITHOUT_END) {
            after.rewards().get(0, lastRewards);
        }
    }

    /** What measured episodes start from. */
    AdaptedMemory adapted(int slots) {
        PolicyState memory = explorationEpisodes == WITHOUT_END ? present : adapted;
        return new AdaptedMemory(memory.spread(slots), lastRewards);
    }

    @Override
    public int slots() {
        return present.slots();
    }

    @Override
    public PolicyState spread(int slots) {
        return new TrialMemory(present.spread(slots), explorationEpisodes);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        present.save(out);
        adapted.save(out);
        for (float reward : lastRewards) {
            out.writeFloat(reward);
        }
        out.writeInt(episodesEnded);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        present.load(in);
        adapted.load(in);
        for (int i = 0; i < lastRewards.length; i++) {
            lastRewards[i] = in.readFloat();
        }
        episodesEnded = in.readInt();
    }
}
