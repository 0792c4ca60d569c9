package org.adapt4j.api.environment;

import java.util.List;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Space;
import org.apiguardian.api.API;

/**
 * What an agent sees and does.
 *
 * @param observation the components of an observation, in memory order
 * @param action the action space
 * @param maxEpisodeSteps longest episode in steps, at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record EnvironmentSpec(List<Component> observation, Space action, int maxEpisodeSteps) {

    /** Freezes the list and checks the length. */
    public EnvironmentSpec {
        observation = List.copyOf(observation);
        if (observation.isEmpty()) {
            throw new IllegalArgumentException("observation: needs at least one component");
        }
        if (maxEpisodeSteps < 1) {
            throw new IllegalArgumentException("maxEpisodeSteps: must be at least 1 but is " + maxEpisodeSteps);
        }
    }

    /**
     * A named array.
     *
     * @param name kebab-case, unique within its list
     * @param space what it holds
     * @param stack how many successive frames lie along the first axis, newest last, zeros where the episode had not begun; 1
     *     for what is not a stack. A replay stores each frame of a stack once
     */
    public record Component(String name, Space space, int stack) {

        /** Checks that the first axis holds the frames. */
        public Component {
            if (stack < 1) {
                throw new IllegalArgumentException("stack: must be at least 1 but is " + stack);
            }
            if (stack > 1 && !(space instanceof Box box && box.shape().get(0) == stack)) {
                throw new IllegalArgumentException(
                        "stack: " + stack + " frames must be the first axis of a box, but the space is " + space);
            }
        }

        /** An array that is not a stack of frames. */
        public Component(String name, Space space) {
            this(name, space, 1);
        }
    }

    /** Bytes of one observation over all components. */
    public int observationBytes() {
        return observation.stream()
                .mapToInt(component -> component.space().bytes())
                .sum();
    }
}
