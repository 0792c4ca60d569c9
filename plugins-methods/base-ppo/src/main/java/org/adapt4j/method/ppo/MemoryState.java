package org.adapt4j.method.ppo;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.policy.PolicyState;

/**
 * What a recurrent policy remembers per slot: the LSTM's state, the last action, and whether there was one; and the same for
 * its origin, to which a slot returns when a trial begins.
 */
final class MemoryState implements PolicyState {

    private final Content now;
    private final Content origin;

    private MemoryState(Content now, Content origin) {
        this.now = now;
        this.origin = origin;
    }

    static MemoryState empty(int slots, int stateSize, int actionWidth) {
        return new MemoryState(new Content(slots, stateSize, actionWidth), new Content(slots, stateSize, actionWidth));
    }

    @Override
    public int slots() {
        return now.acted.length;
    }

    @Override
    public MemoryState spread(int slots) {
        return new MemoryState(now.spread(slots), now.spread(slots));
    }

    /** The LSTM's state, {@code [slots, stateSize]}; live. */
    float[] lstm() {
        return now.lstm;
    }

    void lstm(float[] next) {
        System.arraycopy(next, 0, now.lstm, 0, next.length);
    }

    /** The last actions, one-hot or as they are, {@code [slots, actionWidth]}; live, zeros where there was none. */
    float[] actions() {
        return now.actions;
    }

    /** Whether a slot has acted since its memory was empty. */
    boolean hasActed(int slot) {
        return now.acted[slot];
    }

    void acted(int slot) {
        now.acted[slot] = true;
    }

    /** Returns a slot to its origin. */
    void restart(int slot) {
        now.copy(slot, origin, slot);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        now.save(out);
        origin.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        now.load(in);
        origin.load(in);
    }

    private static final class Content {

        private final int stateSize;
        private final int actionWidth;
        private final float[] lstm;
        private final float[] actions;
        private final boolean[] acted;

        Content(int slots, int stateSize, int actionWidth) {
            this.stateSize = stateSize;
            this.actionWidth = actionWidth;
            lstm = new float[slots * stateSize];
            actions = new float[slots * actionWidth];
            acted = new boolean[slots];
        }

        Content spread(int slots) {
            Content copy = new Content(slots, stateSize, actionWidth);
            for (int slot = 0; slot < slots; slot++) {
                copy.copy(slot, this, slot % acted.length);
            }
            return copy;
        }

        void copy(int slot, Content other, int from) {
            System.arraycopy(other.lstm, from * stateSize, lstm, slot * stateSize, stateSize);
            System.arraycopy(other.actions, from * actionWidth, actions, slot * actionWidth, actionWidth);
            acted[slot] = other.acted[from];
        }

        void save(DataOutputStream out) throws IOException {
            out.writeInt(acted.length);
            for (float value : lstm) {
                out.writeFloat(value);
            }
            for (float value : actions) {
                out.writeFloat(value);
            }
            for (boolean value : acted) {
                out.writeBoolean(value);
            }
        }

        void load(DataInputStream in) throws IOException {
            int slots = in.readInt();
            if (slots != acted.length) {
                throw new IOException("a memory of " + slots + " slots does not fit " + acted.length);
            }
            for (int i = 0; i < lstm.length; i++) {
                lstm[i] = in.readFloat();
            }
            for (int i = 0; i < actions.length; i++) {
                actions[i] = in.readFloat();
            }
            for (int i = 0; i < acted.length; i++) {
                acted[i] = in.readBoolean();
            }
        }
    }
}
