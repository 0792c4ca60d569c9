package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.PolicyState;

/**
 * What a recurrent policy remembers while it plays trials, and beside it what slot 0 remembered when it last had explored,
 * with the reward that ended the exploration.
 *
 * <p>All of it is one state, so that it is saved and restored together with the play.
 */
final class TrialMemory implements PolicyState {

    /** Number of exploration episodes of a trial that never ends: what is remembered now is always the adapted memory. */
    static final int WITHOUT_END = 0;

    private final int explorationEpisodes;
    private final PolicyState present;
    private PolicyState adapted;
    private float lastReward;
    private int episodesEnded;

    TrialMemory(PolicyState present, int explorationEpisodes) {
        this.explorationEpisodes = explorationEpisodes;
        this.present = present;
        adapted = present.spread(1);
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
            lastReward = seen.rewards().get(0);
        }
    }

    /** What measured episodes start from. */
    AdaptedMemory adapted(int slots) {
        return explorationEpisodes == WITHOUT_END
                ? new AdaptedMemory(present.spread(slots), 0)
                : new AdaptedMemory(adapted.spread(slots), lastReward);
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
        out.writeFloat(lastReward);
        out.writeInt(episodesEnded);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        present.load(in);
        adapted.load(in);
        lastReward = in.readFloat();
        episodesEnded = in.readInt();
    }
}
