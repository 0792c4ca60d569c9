package org.adapt4j.env.rlbench.bridge;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.api.settings.Check;

/**
 * How RLBench is reached.
 *
 * @param connect addresses of servers that the user started, {@code host:port}, one for each slot; empty: they are started as needed
 * @param tokenFile holds the token of those servers; empty: the environment variable {@code ADAPT4J_BRIDGE_TOKEN}
 * @param python that has RLBench
 * @param coppeliasim folder of CoppeliaSim; empty: {@code COPPELIASIM_ROOT}
 * @param headless whether the simulator shows no window
 * @param staticPositions whether things stay where RLBench's scenes have them
 * @param maxVelocity of the arm where ways are planned, radians a second
 * @param maxAcceleration likewise, radians a second squared
 * @param launchSeconds how long a simulator may take to start
 * @param resetSeconds how long a task and an episode may take to begin
 * @param stepSeconds how long an action may take
 * @param demoSeconds how long a demonstration may take
 * @param restarts how often a slot gets another simulator after one died or hung, before the run fails
 * @param stateWidth numbers that the observation has for {@code task-low-dim-state}; zeros follow where a task tells fewer
 */
public record BridgeSettings(
        List<String> connect,
        String tokenFile,
        String python,
        String coppeliasim,
        boolean headless,
        boolean staticPositions,
        double maxVelocity,
        double maxAcceleration,
        double launchSeconds,
        double resetSeconds,
        double stepSeconds,
        double demoSeconds,
        int restarts,
        int stateWidth) {

    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
    private static final int LARGEST_PORT = 65_535;

    /** Checks addresses and numbers. */
    public BridgeSettings {
        connect = List.copyOf(connect);
        for (String address : connect) {
            Matcher matcher = ADDRESS.matcher(address);
            Check.that(
                    matcher.matches() && Integer.parseInt(matcher.group(2)) <= LARGEST_PORT,
                    "connect",
                    "must hold addresses such as 127.0.0.1:5055, but holds '" + address + "'");
        }
        Check.that(!python.isBlank(), "python", "must name a program");
        Check.positive("max-velocity", maxVelocity);
        Check.positive("max-acceleration", maxAcceleration);
        Check.positive("launch-seconds", launchSeconds);
        Check.positive("reset-seconds", resetSeconds);
        Check.positive("step-seconds", stepSeconds);
        Check.positive("demo-seconds", demoSeconds);
        Check.that(restarts >= 0, "restarts", "must not be negative but is " + restarts);
        Check.between("state-width", stateWidth, 1, 10_000);
    }

    /** The same with another time for the launch. */
    BridgeSettings within(double seconds) {
        return new BridgeSettings(
                connect,
                tokenFile,
                python,
                coppeliasim,
                headless,
                staticPositions,
                maxVelocity,
                maxAcceleration,
                seconds,
                resetSeconds,
                stepSeconds,
                demoSeconds,
                restarts,
                stateWidth);
    }

    static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
