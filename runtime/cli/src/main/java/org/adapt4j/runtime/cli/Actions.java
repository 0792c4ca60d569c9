package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.settings.InputFile;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.toolkit.environment.SlotBatch;

/** Actions for one slot: drawn at random, shown by the benchmark's expert, or read from a file that holds one a line, as numbers separated by spaces. */
interface Actions {
    /** Of a file of actions: some million. */
    int MOST_BYTES = 64 << 20;

    /** How many there are at most. */
    int count();

    /** Writes the action of a step, from 0, as the one of slot 0; false if there is none any more. */
    boolean write(int step, ActionBuffers into);

    /**
     * Understands {@code random:SEED} or the name of a file.
     *
     * @throws UsageException naming file and line of the first action that the space does not hold
     */
    static Actions parse(String text, Space space) {
        if (text.startsWith("random:")) {
            try {
                return new Random(new SplittableRandom(Long.parseLong(text.substring(7))), space);
            } catch (NumberFormatException e) {
                throw new UsageException(
                        "--actions " + text + ": the seed must be a whole number, as in random:7, or give a file");
            }
        }
        return read(Path.of(text), space);
    }

    private static Actions read(Path file, Space space) {
        List<String> lines;
        try {
            lines = InputFile.text(file, MOST_BYTES).lines().toList();
        } catch (InputFile.Refused e) {
            throw new UsageException("--actions " + e.getMessage() + ". Give a file, random:SEED or expert");
        }
        List<float[]> actions = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                actions.add(action(file + ": " + (i + 1) + ": ", line, space));
            }
        }
        return new Listed(actions, space instanceof Discrete);
    }

    private static float[] action(String where, String line, Space space) {
        String[] words = line.split("\\s+");
        if (words.length != space.width()) {
            throw new UsageException(
                    where + "an action has " + numbers(space.width()) + ", but this line has " + words.length);
        }
        float[] action = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                action[i] = space instanceof Discrete ? Integer.parseInt(words[i]) : Float.parseFloat(words[i]);
            } catch (NumberFormatException e) {
                throw new UsageException(where + "'" + words[i] + "' is not "
                        + (space instanceof Discrete ? "a whole number" : "a number"));
            }
            demandInside(where, action[i], words[i], space);
        }
        return action;
    }

    private static void demandInside(String where, float number, String word, Space space) {
        if (space instanceof Discrete discrete && (number < 0 || number >= discrete.size())) {
            throw new UsageException(where + "action " + word + " is out of range: there are " + discrete.size()
                    + " actions, 0 to " + (discrete.size() - 1));
        }
        if (space instanceof Box box && !(number >= box.low() && number <= box.high())) {
            throw new UsageException(where + "action " + word + " is out of range: it must lie in [" + box.low() + ", "
                    + box.high() + "]");
        }
    }

    private static String numbers(int count) {
        return count == 1 ? "1 number" : count + " numbers";
    }

    /** Uniform over the space. */
    record Random(SplittableRandom random, Space space) implements Actions {
        @Override
        public int count() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean write(int step, ActionBuffers into) {
            draw(0, into);
            return true;
        }

        /** Draws an action for every slot. */
        void fill(ActionBuffers into) {
            for (int slot = 0; slot < into.slots(); slot++) {
                draw(slot, into);
            }
        }

        private void draw(int slot, ActionBuffers into) {
            if (space instanceof Discrete discrete) {
                into.discrete().put(slot, random.nextInt(discrete.size()));
            } else if (space instanceof Box box) {
                for (int i = 0; i < box.width(); i++) {
                    into.continuous().put(slot * box.width() + i, (float) random.nextDouble(box.low(), box.high()));
                }
            }
        }
    }

    /** As written in a file. */
    record Listed(List<float[]> actions, boolean discrete) implements Actions {
        @Override
        public int count() {
            return actions.size();
        }

        @Override
        public boolean write(int step, ActionBuffers into) {
            float[] action = actions.get(step);
            if (discrete) {
                into.discrete().put(0, (int) action[0]);
            } else {
                for (int i = 0; i < action.length; i++) {
                    into.continuous().put(i, action[i]);
                }
            }
            return true;
        }
    }

    /**
     * As the benchmark's expert shows them.
     *
     * @param environment that knows the expert
     * @param seen what the slot saw last
     * @param oneEpisode whether it ends with the first episode
     */
    record Shown(SlotBatch environment, StepBuffers seen, boolean oneEpisode) implements Actions {
        @Override
        public int count() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean write(int step, ActionBuffers into) {
            boolean over = step > 0 && seen.is(Flag.FIRST, 0);
            return !(over && oneEpisode) && environment.show(0, into);
        }
    }
}
