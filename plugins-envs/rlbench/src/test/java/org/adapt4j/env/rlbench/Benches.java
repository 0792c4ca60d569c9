package org.adapt4j.env.rlbench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.env.rlbench.RlbenchSettings.Episode;
import org.adapt4j.env.rlbench.RlbenchSettings.Invalid;
import org.adapt4j.env.rlbench.RlbenchSettings.Quantity;
import org.adapt4j.env.rlbench.RlbenchSettings.View;
import org.adapt4j.env.rlbench.bridge.BridgeSettings;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.scene.World;

/** Benchmarks as an experiment would bind them: what is written, over the defaults. */
final class Benches {

    private Benches() {}

    static RlbenchBenchmark of(String written) {
        return new RlbenchBenchmark(settings(written));
    }

    static RlbenchSettings settings(String written) {
        Config config = ConfigFactory.parseString(written)
                .withFallback(ConfigFactory.parseResources(RlbenchPlugin.class, "/reference.conf")
                        .getConfig("benchmarks.rlbench"));
        Map<String, View> cameras = new HashMap<>();
        for (String name : config.getObject("cameras").keySet()) {
            Config camera = config.getConfig("cameras." + name);
            cameras.put(
                    name,
                    new View(
                            camera.getIntList("size"),
                            flag(camera, "rgb"),
                            flag(camera, "depth"),
                            flag(camera, "point-cloud"),
                            flag(camera, "mask")));
        }
        Config action = config.getConfig("action");
        Config episode = config.getConfig("episode");
        return new RlbenchSettings(
                constant(RlbenchSettings.BackEnd.class, config.getString("back-end")),
                bridge(config.getConfig("bridge")),
                config.getStringList("tasks"),
                config.getStringList("test-tasks"),
                config.getStringList("variations"),
                cameras,
                config.getStringList("state").stream()
                        .map(word -> constant(Quantity.class, word))
                        .toList(),
                config.getBoolean("tell-task"),
                new ActionMode(
                        constant(ActionMode.Arm.class, action.getString("arm")),
                        constant(ActionMode.Gripper.class, action.getString("gripper")),
                        action.getBoolean("absolute"),
                        constant(ActionMode.Frame.class, action.getString("frame")),
                        action.getBoolean("collision-checking"),
                        action.getDouble("delta")),
                new Episode(
                        episode.hasPathOrNull("max-steps") && !episode.getIsNull("max-steps")
                                ? Optional.of(episode.getInt("max-steps"))
                                : Optional.empty(),
                        episode.getDouble("reward"),
                        episode.getDouble("invalid-reward"),
                        constant(Invalid.class, episode.getString("invalid")),
                        episode.getBoolean("shaped")),
                constant(World.Grasp.class, config.getString("grasp")),
                config.getString("film"),
                config.getInt("threads"));
    }

    private static BridgeSettings bridge(Config config) {
        return new BridgeSettings(
                config.getStringList("connect"),
                config.getString("token-file"),
                config.getString("python"),
                config.getString("coppeliasim"),
                config.getBoolean("headless"),
                config.getBoolean("static-positions"),
                config.getDouble("max-velocity"),
                config.getDouble("max-acceleration"),
                config.getDouble("launch-seconds"),
                config.getDouble("reset-seconds"),
                config.getDouble("step-seconds"),
                config.getDouble("demo-seconds"),
                config.getInt("restarts"),
                config.getInt("state-width"));
    }

    private static Optional<Boolean> flag(Config camera, String key) {
        return camera.hasPath(key) && camera.getValue(key).valueType() == ConfigValueType.BOOLEAN
                ? Optional.of(camera.getBoolean(key))
                : Optional.empty();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static List<String> words(String... words) {
        return List.of(words);
    }
}
