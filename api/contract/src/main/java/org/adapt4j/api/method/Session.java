package org.adapt4j.api.method;

import java.nio.ByteBuffer;
import java.util.Map;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.apiguardian.api.API;

/** Everything a method may use in one phase. One thread at a time. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Session {

    /** The tasks of this phase. */
    TaskSet tasks();

    /** What agents see and do on these tasks. */
    EnvironmentSpec spec();

    /** See {@link org.adapt4j.api.benchmark.TaskDistribution#taskObservation}. */
    Map<String, ByteBuffer> taskObservation(Task task);

    /** How many environments play at once. */
    int slots();

    /** What may be spent. */
    Budget budget();

    /** The method's own random numbers. */
    RandomStream random();

    /** Where to write numbers. */
    Metrics metrics();

    /** Someone to ask; without a budget of demonstrations, or a data set, it never answers. */
    Expert expert();

    /**
     * Makes an agent with fresh weights. The method closes it. As many as it likes, all of them before its loop: a resumed run must
     * have made as many when it first asks whether to {@link #proceed}.
     *
     * @throws IllegalStateException once the loop has begun
     */
    Agent agent(Conditioning conditioning);

    /**
     * Takes something of the method's own into what survives a kill, such as what a policy remembers while it plays. To be called
     * before the loop, in the same order in each run; the first {@link #proceed} of a resumed run restores it.
     *
     * @return {@code state}
     * @throws IllegalStateException once the loop has begun
     */
    <S extends Stateful> S keep(S state);

    /**
     * Whether to go on; the condition of a method's loop. False once the budget is spent.
     *
     * <p>This is where the runtime measures the reported policy, writes checkpoints, and, in a resumed run, restores the state
     * of the loop. Between two calls nothing is saved. Where the run was asked to stop it writes a checkpoint and throws an unchecked
     * exception of the runtime's own, each time it is asked: agents are closed by {@code try}, and nobody catches it.
     */
    boolean proceed();

    /** What the method would use from now on. The run measures it at its own declared points, off the budget. A
     * resumed run knows the report made before the loop; a loop that reports something else does so in each pass. */
    void report(Policy usedFromNow);
}
