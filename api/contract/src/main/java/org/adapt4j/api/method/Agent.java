package org.adapt4j.api.method;

import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/**
 * A base algorithm joined to its source of experience: all that a method needs of either. Whether an update rolls out and
 * runs PPO's epochs, or steps, stores, draws and descends, is the algorithm's matter.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Agent extends AutoCloseable {

    /**
     * Says what to learn from: what to play from now on, or, offline, which tasks' demonstrations to ask the expert for, all that
     * the budget allows, in turns. Off policy the first call asks for them too, and takes them into the tasks' replays. To be called before the first {@link #update}. Called again, running episodes are abandoned.
     *
     * @throws IllegalArgumentException for a task that is none of the session's; off policy also if, called again, the tasks are others
     *     than before: each has a replay of its own. Nothing has changed then
     */
    void collect(TaskSchedule schedule);

    /**
     * Narrows experience to some of the tasks: what is played (on policy), or drawn (off policy, offline). On policy, running
     * episodes are abandoned, and each slot draws one of {@code tasks} per episode until the next call.
     *
     * @throws IllegalArgumentException for a task that is none of the session's; off policy also for one that is not played. Nothing has
     *     changed then
     * @throws IllegalStateException off policy, before the first {@link #collect}
     */
    void focus(TaskSet tasks);

    /**
     * Narrows experience to a single recorded episode, until the next call of either kind: support and query of meta-learning are
     * two different ones.
     *
     * @param episode one that was taken in
     * @throws IllegalArgumentException if it was not
     * @throws UnsupportedOperationException unless offline
     */
    default void focus(Demonstration episode) {
        throw new UnsupportedOperationException("only an offline agent can learn from a single recorded episode");
    }

    /**
     * Gathers what one update needs, charges it to the budget, and learns. With less left than one update usually plays, it plays
     * that. Once environment steps, updates or epochs are spent it does nothing, so that an inner loop may run on until the next
     * {@link Session#proceed}.
     *
     * @return what was logged, the caller's to keep; nothing if there was nothing left to spend
     * @throws IllegalStateException if nothing said what to learn from, by {@link #collect} or {@link #focus}
     */
    Map<String, Double> update();

    /**
     * Takes a demonstration into the imitation set or the task's replay.
     *
     * @throws UnsupportedOperationException on policy
     */
    void add(Demonstration demonstration);

    /** A live view of the present policy. */
    Policy policy(Mode mode);

    /** The extra input that it was made with. */
    Conditioning conditioning();

    /** The weights. */
    Parameters parameters();

    /** Something only some algorithms can do. */
    <T> Optional<T> ability(Class<T> type);

    /** Stops playing. The reported policy stays usable until the session ends, so that it can be measured a last time. */
    @Override
    void close();
}
