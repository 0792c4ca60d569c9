package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;
import org.adapt4j.env.rlbench.control.ActionMode;

/**
 * What an environment over the bridge is to be.
 *
 * @param components of the observation: quantities by RLBench's names, {@code task} where it is told, and what cameras see
 * @param action what actions mean
 * @param attach whether grasped things are attached to the hand
 * @param shaped whether distances cost something where RLBench has a shaped reward
 * @param reward of success
 * @param shapedReward what a metre costs in one step, where rewards are shaped
 * @param invalidReward of an action that cannot be done
 * @param endsWhenInvalid whether such an action ends the episode
 * @param film camera of films
 */
public record Wishes(
        List<Component> components,
        ActionMode action,
        boolean attach,
        boolean shaped,
        double reward,
        double shapedReward,
        double invalidReward,
        boolean endsWhenInvalid,
        String film) {

    /** The component that tells which task is played, and does not come from RLBench. */
    static final String TASK = "task";

    /** What names of a camera's components end with, on the wire with underscores. */
    private static final List<String> PARTS = List.of("point_cloud", "rgb", "depth", "mask");

    /** Copies the list. */
    public Wishes {
        components = List.copyOf(components);
    }

    /** The space of a component. */
    static Box box(Component component) {
        if (component.space() instanceof Box box) {
            return box;
        }
        throw new IllegalArgumentException(component.name() + " is no box");
    }

    /** The name by which the server calls a component. */
    static String wire(Component component) {
        return component.name().replace('-', '_');
    }

    /** The request that prepares a simulator. */
    ObjectNode configure(BridgeSettings settings) {
        ObjectNode request = Connection.request("configure");
        ArrayNode quantities = request.putArray("low_dim");
        ObjectNode cameras = request.putObject("cameras");
        for (Component component : components) {
            String name = wire(component);
            String part = PARTS.stream()
                    .filter(each -> name.endsWith("_" + each))
                    .findFirst()
                    .orElse("");
            if (!part.isEmpty()) {
                ObjectNode view = cameras.withObject("/" + name.substring(0, name.length() - part.length() - 1));
                view.put(part, true);
                List<Integer> shape = box(component).shape();
                view.putArray("size").add(shape.get(0)).add(shape.get(1));
            } else if (!name.equals(TASK)) {
                quantities.add(name);
            }
        }
        request.putObject("action")
                .put("arm", word(action.arm()))
                .put("gripper", word(action.gripper()))
                .put("absolute", action.absolute())
                .put("frame", word(action.frame()))
                .put("collision_checking", action.collisionChecking());
        return request.put("attach", attach)
                .put("shaped", shaped)
                .put("headless", settings.headless())
                .put("static_positions", settings.staticPositions())
                .put("max_velocity", settings.maxVelocity())
                .put("max_acceleration", settings.maxAcceleration());
    }

    /** Prepares a simulator, and sees that its actions and observations are what is wished for. */
    void tell(Connection connection, BridgeSettings settings) {
        Message answer = connection.ask(configure(settings), new float[0], "configured", settings.launchSeconds());
        if (answer.whole("action_size") != action.width()) {
            throw new BridgeException(
                    Kind.NONSENSE,
                    "RLBench's actions have " + answer.whole("action_size") + " numbers and not " + action.width());
        }
        Set<String> offered = new LinkedHashSet<>();
        answer.header()
                .path("observation")
                .forEach(each -> offered.add(each.path("name").asText()));
        for (Component component : components) {
            if (!component.name().equals(TASK) && !offered.contains(wire(component))) {
                throw new BridgeException(
                        Kind.NONSENSE, "RLBench's server offers no " + wire(component) + " but " + offered);
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
