package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.in;
import static org.adapt4j.env.rlbench.describe.Conditions.nothingGrasped;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;

/** A phone to be laid on its dock. */
final class PhoneOnBase implements Description {
    private static final Region WHERE = new Region(0.12, 0.38, -0.22, 0.22);

    @Override
    public List<String> instructions(int variation) {
        return List.of("put the phone back on its dock", "dock the phone");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body dock = objects.fixed("dock");
        dock.box(0, 0, 0.01, 0.04, 0.09, 0.01).colour(0.1, 0.1, 0.12);
        dock.box(0.037, 0, 0.026, 0.003, 0.05, 0.006).colour(0.1, 0.1, 0.12);
        dock.box(-0.037, 0, 0.026, 0.003, 0.05, 0.006).colour(0.1, 0.1, 0.12);
        Objects.Body phone = objects.free("phone");
        phone.box(0, 0, 0, 0.024, 0.075, 0.013)
                .mass(0.12)
                .resists(4)
                .friction(1, 0.02, 0.001)
                .colour(0.2, 0.25, 0.5);
        phone.box(0, 0.01, 0.0131, 0.02, 0.05, 0.0005).mass(0.001).ghost().colour(0.6, 0.75, 0.9);
        objects.graspable("phone");
    }

    @Override
    public void layout(Layout layout) {
        Pose dock = layout.spot(WHERE, 0);
        layout.put("dock", dock);
        layout.put("phone", dock.ahead(0.17, 0, 0.0135).times(Pose.at(0, 0, 0, layout.yaw(0.5))));
    }

    @Override
    public Condition success(int variation) {
        return all(in("phone", Volume.box("dock", 0, 0, 0.0325, 0.015, 0.03, 0.0125)), nothingGrasped());
    }

    @Override
    public void script(Script script) {
        Pose phone = script.pose("phone");
        Pose dock = script.pose("dock");
        double yaw = Pose.fold(phone.yaw() + Math.PI / 2, Math.PI);
        double turn = Pose.fold(dock.yaw() - phone.yaw(), Math.PI);
        Pose grip = Pose.down(phone.x(), phone.y(), phone.z() + 0.002, yaw);
        Pose above = Pose.down(dock.x(), dock.y(), dock.z() + 0.16, yaw + turn);
        script.take("phone", grip, 0.12)
                .line(grip.moved(0, 0, 0.12), 0.8)
                .free(above)
                .line(above.moved(0, 0, -0.122), 0.4)
                .open()
                .line(above, 0.8);
    }
}
