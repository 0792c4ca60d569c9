package org.adapt4j.env.rlbench.scene;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.binding.MuJoCo;
import org.adapt4j.env.mujoco.binding.mjData;
import org.adapt4j.env.mujoco.binding.mjModel;

/** What the motors of the robot are told, and where its joints are. Belongs to a {@link World}, whose memory it looks into. */
public final class Robot {

    /** Fingers that are farther apart count as open, as a share of how far they can be. */
    private static final double OPEN_SHARE = 0.9;

    private final DoubleBuffer bias;
    private final DoubleBuffer applied;
    private final DoubleBuffer servo;
    private final DoubleBuffer qpos;
    private final DoubleBuffer qvel;
    private final DoubleBuffer ctrl;
    private final int[] armPosition = new int[Panda.JOINTS];
    private final int[] armVelocity = new int[Panda.JOINTS];
    private final int[] fingerPosition = new int[2];
    private final int[] fingerVelocity = new int[2];
    private final DoubleBuffer gains;
    private final DoubleBuffer biases;
    private final double[] gainsAtFirst;
    private final double[] biasesAtFirst;
    private final double[] torque = new double[Panda.JOINTS];

    /** What the fingers are told, metres each. */
    private double opening = Panda.OPEN;

    private boolean byTorque;

    Robot(Model model, Simulation simulation) {
        mjModel constants = model.raw();
        mjData data = simulation.raw();
        int velocities = constants.nv();
        bias = data.qfrc_bias().capacity(velocities).asBuffer();
        applied = data.qfrc_applied().capacity(velocities).asBuffer();
        servo = data.qfrc_actuator().capacity(velocities).asBuffer();
        qpos = simulation.qpos();
        qvel = simulation.qvel();
        ctrl = simulation.ctrl();
        gains = constants
                .actuator_gainprm()
                .capacity((long) MuJoCo.mjNGAIN * constants.nu())
                .asBuffer();
        biases = constants
                .actuator_biasprm()
                .capacity((long) MuJoCo.mjNBIAS * constants.nu())
                .asBuffer();
        gainsAtFirst = new double[gains.limit()];
        biasesAtFirst = new double[biases.limit()];
        gains.get(0, gainsAtFirst);
        biases.get(0, biasesAtFirst);
        for (int i = 0; i < Panda.JOINTS; i++) {
            int joint = MuJoCo.mj_name2id(constants, MuJoCo.mjOBJ_JOINT, "joint" + (i + 1));
            armPosition[i] = constants.jnt_qposadr().get(joint);
            armVelocity[i] = constants.jnt_dofadr().get(joint);
        }
        for (int i = 0; i < 2; i++) {
            int joint = MuJoCo.mj_name2id(constants, MuJoCo.mjOBJ_JOINT, "finger_joint" + (i + 1));
            fingerPosition[i] = constants.jnt_qposadr().get(joint);
            fingerVelocity[i] = constants.jnt_dofadr().get(joint);
        }
    }

    /** Arm at home, gripper open. */
    void reset() {
        opening = Panda.OPEN;
        servos(true);
        double[] home = Panda.home();
        for (int i = 0; i < Panda.JOINTS; i++) {
            qpos.put(armPosition[i], home[i]);
            ctrl.put(i, home[i]);
        }
        qpos.put(fingerPosition[0], Panda.OPEN);
        qpos.put(fingerPosition[1], Panda.OPEN);
        ctrl.put(Panda.JOINTS, Panda.OPEN);
    }

    /** Before each step of the physics: the arm carries its own weight. */
    void carry() {
        for (int i = 0; i < Panda.JOINTS; i++) {
            int at = armVelocity[i];
            applied.put(at, bias.get(at) + (byTorque ? torque[i] : 0));
        }
    }

    /** Where the arm's joints are told to be. */
    public void target(double[] q) {
        servos(true);
        for (int i = 0; i < Panda.JOINTS; i++) {
            ctrl.put(i, q[i]);
        }
    }

    /** Where the arm's joints were told to be. */
    public void readTarget(double[] q) {
        for (int i = 0; i < Panda.JOINTS; i++) {
            q[i] = ctrl.get(i);
        }
    }

    /** Moves one joint's target, radians. */
    public void nudge(int joint, double to) {
        ctrl.put(joint, to);
    }

    /** Pushes the arm's joints by torques, N m, beside the weight of the arm, which is carried; the servos let go. */
    public void push(double[] torques) {
        servos(false);
        System.arraycopy(torques, 0, torque, 0, torque.length);
    }

    private void servos(boolean on) {
        if (byTorque == on) {
            byTorque = !on;
            gains.put(0, gainsAtFirst, 0, on ? gainsAtFirst.length : 0);
            biases.put(0, biasesAtFirst, 0, on ? biasesAtFirst.length : 0);
            for (int i = 0; !on && i < Panda.JOINTS; i++) {
                gains.put(MuJoCo.mjNGAIN * i, 0);
                biases.put(MuJoCo.mjNBIAS * i + 1, 0);
                biases.put(MuJoCo.mjNBIAS * i + 2, 0);
            }
        }
    }

    /** From now on the servos hold the arm where it is. */
    public void hold() {
        servos(true);
        for (int i = 0; i < Panda.JOINTS; i++) {
            ctrl.put(i, qpos.get(armPosition[i]));
        }
    }

    /** How far each finger is told to open, metres; {@link Panda#CLOSED} presses. */
    public void open(double metres) {
        opening = metres;
        ctrl.put(Panda.JOINTS, metres);
    }

    /** How far each finger was told to open. */
    public double opening() {
        return opening;
    }

    /** Position of a joint of the arm. */
    public double jointPosition(int joint) {
        return qpos.get(armPosition[joint]);
    }

    /** Velocity of a joint of the arm. */
    public double jointVelocity(int joint) {
        return qvel.get(armVelocity[joint]);
    }

    /** Torque of a joint's servo, N m. */
    public double jointForce(int joint) {
        return servo.get(armVelocity[joint]);
    }

    /** How far a finger is open, metres. */
    public double finger(int finger) {
        return qpos.get(fingerPosition[finger]);
    }

    /** How fast the faster of the fingers moves, metres a second. */
    public double fingerSpeed() {
        return Math.max(Math.abs(qvel.get(fingerVelocity[0])), Math.abs(qvel.get(fingerVelocity[1])));
    }

    /** Whether the gripper counts as open. */
    public boolean isOpen() {
        return (finger(0) + finger(1)) / 2 > OPEN_SHARE * Panda.OPEN;
    }

    /** Whether the gripper was told to close. */
    public boolean isClosing() {
        return opening < OPEN_SHARE * Panda.OPEN;
    }

    void save(DataOutputStream out) throws IOException {
        out.writeDouble(opening);
        out.writeBoolean(byTorque);
        for (double each : torque) {
            out.writeDouble(each);
        }
    }

    void load(DataInputStream in) throws IOException {
        opening = in.readDouble();
        servos(!in.readBoolean());
        for (int i = 0; i < torque.length; i++) {
            torque[i] = in.readDouble();
        }
    }
}
