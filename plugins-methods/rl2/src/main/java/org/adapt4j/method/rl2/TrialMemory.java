package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.PolicyState;

/**
 * What a recurrent policy remembers while it plays trials, and beside it what slot 0 remembered when it last had explored.
 *
 * <p>Both are one state, so that they are saved and restored together with the play.
 */
final class TrialMemory implements PolicyState {

    /** Number of exploration episodes of a trial that never ends: what is remembered now is always the adapted memory. */
    static final int WITHOUT_END = 0;

    private final int explorationEpisodes;
    private final PolicyState present;
    private final PolicyState adapted;
    private PolicyState adaptedNow;
    private int episodesEnded;

    TrialMemory(PolicyState present, int explorationEpisodes) {
        this.explorationEpisodes = explorationEpisodes;
        this.present = present;
        adapted = present.spread(1);
        adaptedNow = adapted;
    }

    /** What all slots remember now. */
    PolicyState present() {
        return present;
    }

    /** Takes note of what was seen, after {@link #present} has taken it in. */
    void follow(StepBuffers seen) {
        if (explorationEpisodes == WITHOUT_END || !seen.is(Flag.FIRST, 0)) {
            return;
        }
        episodesEnded = seen.is(Flag.NEW_TRIAL, 0) ? 0 : episodesEnded + 1;
        if (episodesEnded == explorationEpisodes) {
            adaptedNow = present.spread(1);
        }
    }

    @Override
    public int slots() {
        return present.slots();
    }

    /** What measured episodes start from. */
    PolicyState adapted(int slots) {
        return explorationEpisodes == WITHOUT_END ? present.spread(slots) : adaptedNow.spread(slots);
    }

    @Override
    public PolicyState spread(int slots) {
        return new TrialMemory(present.spread(slots), explorationEpisodes);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        present.save(out);
        adaptedNow.save(out);
        out.writeInt(episodesEnded);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        present.load(in);
        adapted.load(in);
        adaptedNow = adapted;
        episodesEnded = in.readInt();
    }
}
