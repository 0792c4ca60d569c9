package org.adapt4j.api.environment;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;

/** What a step means for one slot. Flags share a byte; several may be set at once. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Flag {
    /** The observation is the first of an episode. */
    FIRST(1),
    /** The action just taken ended an episode by the rules of the game. */
    TERMINATED(2),
    /** The action just taken was the last of an episode that a time limit cut off; it could have gone on. */
    TRUNCATED(4),
    /** The observation is the first of a trial: memory starts anew. Implies {@link #FIRST}. */
    NEW_TRIAL(8);

    private static final Flag[] ALL = values();

    private final byte mask;

    Flag(int mask) {
        this.mask = (byte) mask;
    }

    /** The bit of this flag. */
    public byte mask() {
        return mask;
    }

    /** Whether this flag is set. */
    public boolean isIn(byte bits) {
        return (bits & mask) != 0;
    }

    /** The flags set in a byte, for people to read. */
    public static Set<Flag> in(byte bits) {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        for (Flag flag : ALL) {
            if (flag.isIn(bits)) {
                set.add(flag);
            }
        }
        return set;
    }
}
