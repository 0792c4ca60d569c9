package org.adapt4j.env.arm;

/**
 * Finds joint positions that bring the tip to a pose, from a start nearby: damped least squares (Wampler 1986, IEEE Transactions on
 * Systems, Man, and Cybernetics 16) with a pull towards home in the null space.
 *
 * <pre>{@code dq = Jᵀ (J Jᵀ + λ I)⁻¹ (e - J b) + b,   b = pull (home - q)}</pre>
 *
 * <p>Errors are cut to 0.1 m and 0.4 rad a step. The pull fades where the tip is nearly there, as damping lets a little of it through that
 * would keep the tip away for ever. All numbers are ours. Allocates nothing.
 */
public final class InverseKinematics {

    private static final double DAMPING = 1e-3;
    private static final double PULL = 0.02;
    private static final double FADING = 5e-3;
    private static final double FADING_TURN = 5e-2;
    private static final double NEAR = 1e-3;
    private static final double ALIGNED = 1e-2;
    private static final double LONGEST = 0.1;
    private static final double WIDEST = 0.4;

    private final Kinematics arm;
    private final double[][] jacobian;
    private final double[][] square = new double[6][6];
    private final double[] wanted = new double[6];
    private final double[] pull;
    private final double[] place = new double[3];
    private final double[] turn = new double[4];
    private final double[] lag = new double[3];

    /** For an arm whose scratch state is used. */
    public InverseKinematics(Kinematics arm) {
        this.arm = arm;
        jacobian = new double[6][arm.joints()];
        pull = new double[arm.joints()];
    }

    /**
     * Looks for joint positions.
     *
     * @param q where to start; then the best that was found, within the ranges of the joints
     * @param position of three
     * @param quaternion of four, {@code w} first
     * @param iterations at most
     * @return whether the tip is there, to 1 mm and 0.01 rad
     */
    public boolean solve(double[] q, double[] position, double[] quaternion, int iterations) {
        for (int iteration = 0; iteration < iterations; iteration++) {
            arm.place(q);
            arm.tip(place, turn);
            Rotation.between(turn, quaternion, lag);
            double far = 0;
            double off = 0;
            for (int i = 0; i < 3; i++) {
                wanted[i] = position[i] - place[i];
                wanted[3 + i] = lag[i];
                far += wanted[i] * wanted[i];
                off += lag[i] * lag[i];
            }
            far = Math.sqrt(far);
            off = Math.sqrt(off);
            if (far < NEAR && off < ALIGNED) {
                return true;
            }
            for (int i = 0; i < 3; i++) {
                wanted[i] *= far > LONGEST ? LONGEST / far : 1;
                wanted[3 + i] *= off > WIDEST ? WIDEST / off : 1;
            }
            step(q, PULL * Math.min(1, far / FADING + off / FADING_TURN));
        }
        return false;
    }

    private void step(double[] q, double strength) {
        int joints = arm.joints();
        arm.jacobian(jacobian);
        for (int joint = 0; joint < joints; joint++) {
            pull[joint] = strength * (arm.home(joint) - q[joint]);
        }
        for (int row = 0; row < 6; row++) {
            double[] r = jacobian[row];
            for (int column = 0; column <= row; column++) {
                double[] c = jacobian[column];
                double sum = row == column ? DAMPING : 0;
                for (int joint = 0; joint < joints; joint++) {
                    sum += r[joint] * c[joint];
                }
                square[row][column] = sum;
            }
            for (int joint = 0; joint < joints; joint++) {
                wanted[row] -= r[joint] * pull[joint];
            }
        }
        solveSquare();
        for (int joint = 0; joint < joints; joint++) {
            double change = pull[joint];
            for (int row = 0; row < 6; row++) {
                change += jacobian[row][joint] * wanted[row];
            }
            q[joint] = Math.max(arm.lowest(joint), Math.min(arm.highest(joint), q[joint] + change));
        }
    }

    /** {@code wanted = square⁻¹ wanted} by Cholesky's factors; the damping makes the matrix positive definite. */
    private void solveSquare() {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = square[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= square[i][k] * square[j][k];
                }
                square[i][j] = i == j ? Math.sqrt(sum) : sum / square[j][j];
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < i; k++) {
                wanted[i] -= square[i][k] * wanted[k];
            }
            wanted[i] /= square[i][i];
        }
        for (int i = 5; i >= 0; i--) {
            for (int k = i + 1; k < 6; k++) {
                wanted[i] -= square[k][i] * wanted[k];
            }
            wanted[i] /= square[i][i];
        }
    }
}
