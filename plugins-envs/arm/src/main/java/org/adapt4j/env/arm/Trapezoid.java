package org.adapt4j.env.arm;

/** Goes along a path with bounded speed and acceleration in joint space, a point for each step of time. */
public final class Trapezoid {

    private static final double SLOWEST = 0.01;
    private static final double THERE = 1e-4;

    private final Path path;
    private final double fastest;
    private final double acceleration;
    private final double seconds;
    private double travelled;
    private double speed;

    /**
     * At rest at the start of a path.
     *
     * @param fastest radians a second
     * @param acceleration radians a second squared
     * @param seconds of a step
     */
    public Trapezoid(Path path, double fastest, double acceleration, double seconds) {
        this.path = path;
        this.fastest = fastest;
        this.acceleration = acceleration;
        this.seconds = seconds;
    }

    /** Whether the end is reached. */
    public boolean done() {
        return path.length() - travelled <= THERE;
    }

    /** Moves on by a step of time and says where the arm is to be. */
    public void next(double[] q) {
        double left = path.length() - travelled;
        double braking = Math.sqrt(2 * acceleration * Math.max(0, left));
        double allowed = Math.min(fastest, braking);
        speed = Math.max(SLOWEST, speed < allowed ? Math.min(allowed, speed + acceleration * seconds) : allowed);
        travelled = Math.min(path.length(), travelled + speed * seconds);
        path.at(done() ? path.length() : travelled, q);
        if (done()) {
            travelled = path.length();
        }
    }
}
