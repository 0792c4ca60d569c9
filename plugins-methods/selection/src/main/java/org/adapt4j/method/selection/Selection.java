package org.adapt4j.method.selection;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/**
 * All that a strategy may go by when it chooses the task of the next demonstration. Tasks are named by their index in {@link #tasks},
 * demonstrations by theirs in {@link #shown}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Selection {

    /** The tasks to choose from, which are also those that count. */
    TaskSet tasks();

    /** What agents see and do. */
    EnvironmentSpec spec();

    /** How much each task counts in the end; not negative, of sum 1. */
    double[] targets();

    /** Demonstrations seen in this adaptation, oldest first. */
    List<Shown> shown();

    /** What became of earlier choices, oldest first; those since the last update are left out. */
    List<Round> rounds();

    /** Demonstrations of each task that the learner was shown before this adaptation; privileged. */
    int[] pretrained();

    /**
     * What was seen and done in a demonstration, with the observation telling another task.
     *
     * @param demonstration which
     * @param task the task to tell instead; the demonstration's own leaves all as it was
     * @param most number of steps, evenly spaced over the demonstration; 0 for all
     */
    Steps steps(int demonstration, int task, int most);

    /**
     * Something the scoring agent can do. It was not trained on demonstrations that are {@link Shown#isHeldOut held out}, nor on
     * {@link Shown#isPending pending} ones. What the selector's {@link TaskSelector#needs} list is there; anything else is not.
     */
    <T> Optional<T> ability(Class<T> type);

    /** Random numbers of the strategy's own. */
    RandomStream random();

    /** Writes a number into the log of this round, kebab-case. */
    void log(String name, double value);

    /**
     * A demonstration that was seen.
     *
     * @param task what was shown
     * @param steps its length
     * @param isHeldOut whether the scoring agent never learns from it
     * @param isPending whether it was asked for since the last update
     */
    record Shown(int task, int steps, boolean isHeldOut, boolean isPending) {}

    /**
     * What became of a choice.
     *
     * @param task what was chosen
     * @param lossBefore mean imitation loss of the scoring agent on the demonstrations of the task that it was not trained on, or on all of
     *     them if there are none such, before the update that followed
     * @param lossAfter the same, of the same demonstrations, after it
     */
    record Round(int task, double lossBefore, double lossAfter) {}

    /**
     * Steps of a demonstration.
     *
     * @param rows number of steps
     * @param observations by component, {@code [rows, …shape]}, native byte order
     * @param actions of the expert, {@code [rows, outputs]}: the action itself, or 1 for the choice of a discrete space and 0 elsewhere
     */
    record Steps(int rows, Map<String, ByteBuffer> observations, double[] actions) {

        /** Freezes the map. */
        public Steps {
            observations = Map.copyOf(observations);
        }
    }
}
