package org.adapt4j.env.ale;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Lends emulators, since switching one on takes a tenth of a second. Which one somebody gets makes no difference: whoever borrows it
 * restores a state and resets. For use by several threads.
 */
final class Arcade {

    /** More than these are switched off when they come back. */
    private static final int MOST_IDLE = 64;

    private final Function<Play, byte[]> images;
    private final double sticky;
    private final Map<Play, SavedState> fresh = new ConcurrentHashMap<>();
    private final Map<Play, Queue<Emulator>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    /**
     * An arcade without emulators.
     *
     * @param images the cartridges
     * @param sticky probability with which ALE repeats the action of the frame before
     */
    Arcade(Function<Play, byte[]> images, double sticky) {
        this.images = images;
        this.sticky = sticky;
    }

    /** An emulator with that cartridge and those switches, in whatever state. */
    Emulator borrow(Play play) {
        Emulator waiting = queue(play).poll();
        if (waiting != null) {
            idleCount.decrementAndGet();
            return waiting;
        }
        Emulator emulator = new Emulator(play.game(), images.apply(play), play.mode(), play.difficulty(), sticky);
        SavedState begun = new SavedState();
        emulator.save(begun);
        fresh.putIfAbsent(play, begun);
        return emulator;
    }

    /** The state of an emulator that was just switched on, the caller's own; one must have been borrowed before. */
    SavedState fresh(Play play, int seed) {
        SavedState state = fresh.get(play);
        if (state == null) {
            throw new IllegalStateException("no emulator of " + play.cartridge() + " was borrowed yet");
        }
        return state.reseeded(seed);
    }

    void giveBack(Play play, Emulator emulator) {
        if (idleCount.incrementAndGet() > MOST_IDLE) {
            idleCount.decrementAndGet();
            emulator.close();
        } else {
            queue(play).add(emulator);
        }
    }

    private Queue<Emulator> queue(Play play) {
        return idle.computeIfAbsent(play, key -> new ConcurrentLinkedQueue<>());
    }
}
